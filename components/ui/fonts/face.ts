/** Latin letters that the files of the display face don't have, and marks that they can't place. */
const BEYOND = /(?![A-Za-zªºÀ-ÖØ-öø-ſȒȓȘ-țȷẀ-ẉẞỲỳ])\p{sc=Latn}|\p{sc=Latn}\p{M}/u

/**
 * The value of `data-face` for the element that shows a title. A title with letters that the display face lacks is set in
 * the text face as a whole: "Nguyễn" would be a word in two faces otherwise.
 */
export const faceOf = (title: string): 'text' | undefined => (BEYOND.test(title.normalize('NFC')) ? 'text' : undefined)
