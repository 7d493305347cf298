import localFont from 'next/font/local'

/**
 * Besley, a Clarendon as on many a sleeve, for names and titles; Public Sans, with tabular figures, for the rest.
 * The Latin files are preloaded. Those for more letters load where a page has such letters; other scripts get the
 * system's fonts. A file that comes late serves the next page: nothing moves under a reader's eyes. What stands in until
 * then is in fallback-fonts.css: Next.js would know of Times New Roman and Arial alone. It reads these calls without
 * running them, so each says all of it.
 */

const title = localFont({
  src: '../node_modules/@fontsource-variable/besley/files/besley-latin-wght-normal.woff2',
  weight: '400 900',
  variable: '--font-title',
  display: 'optional',
  adjustFontFallback: false,
})
const titleMore = localFont({
  src: '../node_modules/@fontsource-variable/besley/files/besley-latin-ext-wght-normal.woff2',
  weight: '400 900',
  variable: '--font-title-more',
  display: 'optional',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1E00-1E9F,U+1EF2-1EFF',
    },
  ],
})
const text = localFont({
  src: '../node_modules/@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-text',
  display: 'optional',
  adjustFontFallback: false,
})
const textMore = localFont({
  src: '../node_modules/@fontsource-variable/public-sans/files/public-sans-latin-ext-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-text-more',
  display: 'optional',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1E00-1E9F,U+1EF2-1EFF',
    },
  ],
})

/** For the root element: gives globals.css the four families. */
export const fontVariables = [title, titleMore, text, textMore].map((font) => font.variable).join(' ')
