/** Latin letters that the display face lacks, and combining marks that it cannot place. */
const UNSUPPORTED = /(?![A-Za-zªºÀ-ÖØ-öø-ſȒȓȘ-țȷẀ-ẉẞỲỳ])\p{sc=Latn}|\p{sc=Latn}\p{M}/u

/**
 * The value of `data-face` for the element of a title. A title with a letter that the display face lacks is set in the text
 * face as a whole: otherwise "Nguyễn" would be a word in two faces.
 */
export const faceOf = (title: string): 'text' | undefined =>
  UNSUPPORTED.test(title.normalize('NFC')) ? 'text' : undefined
