/** What a terminal obeys instead of showing it, what ends a line, and what turns the direction of a text. */
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/**
 * Text of somebody else as one line of a terminal: a name that anybody may edit, or that of a file, may hold signs that
 * colour it, empty it, or write over what it says. These are shown as �.
 */
export const printable = (text: string): string => text.toWellFormed().replace(UNPRINTABLE, '\ufffd')

/** The same of text that may have lines. */
export const printableLines = (text: string): string => text.split(/\r?\n/).map(printable).join('\n')

/** A value as JSON that a terminal shows as well: JSON.stringify leaves half of these signs as they are. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value).replace(UNPRINTABLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
