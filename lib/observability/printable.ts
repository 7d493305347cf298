/** Control characters, line ends, and characters that change the direction of text. */
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/**
 * Makes untrusted text, such as a name or a file name, safe for one line of a terminal. Characters that could recolour,
 * clear or overwrite the screen become �.
 */
export const printable = (text: string): string => text.toWellFormed().replace(UNPRINTABLE, '\ufffd')

/** The same for text of several lines. */
export const printableLines = (text: string): string => text.split(/\r?\n/).map(printable).join('\n')

/** JSON that is safe for a terminal: JSON.stringify escapes only some of these characters. */
export const printableJson = (value: unknown): string => escapeUnprintable(JSON.stringify(value))

/** JSON in one line, with these characters escaped. */
export const escapeUnprintable = (json: string): string =>
  json.replace(UNPRINTABLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
