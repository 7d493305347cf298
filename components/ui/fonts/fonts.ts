import localFont from 'next/font/local'

/**
 * Besley for names and titles; Public Sans, with tabular figures, for the rest. The Latin files are preloaded. The others
 * load if a page has their letters; other scripts use system fonts. A font that arrives late is used on the next page, so
 * that nothing moves. The fallback fonts are in fallback-fonts.css, because Next.js knows only Times New Roman and Arial.
 * Next.js reads these calls without running them, so each must be complete.
 *
 * Each `unicode-range` has the characters of its file that no earlier file of the family has. Combining marks are left out:
 * browsers would compose missing letters from them, with marks in the wrong place. Besley's glyph for a missing letter is
 * empty, so it must never be needed. fonts.test.ts compares the ranges with the files.
 */

const title = localFont({
  src: '../../../node_modules/@fontsource-variable/besley/files/besley-latin-wght-normal.woff2',
  weight: '400 900',
  variable: '--font-title',
  display: 'optional',
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2000,U+2002,U+2009,U+200B,U+2013-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+2039-203A,U+2044,U+20AC,U+2212,U+2215',
    },
  ],
})
const titleMore = localFont({
  src: '../../../node_modules/@fontsource-variable/besley/files/besley-latin-ext-wght-normal.woff2',
  weight: '400 900',
  variable: '--font-title-more',
  display: 'optional',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-0130,U+0132-0151,U+0154-017F,U+0212-0213,U+0218-021B,U+0237,U+02DD,U+1E80-1E89,U+1E9E,U+1EF2-1EF3,U+2020',
    },
  ],
})
const text = localFont({
  src: '../../../node_modules/@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-text',
  display: 'optional',
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0020-007E,U+00A0-00FF,U+0102,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2013-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+2039-203A,U+2044,U+20AC,U+2122,U+2212,U+2215',
    },
  ],
})
const textMore = localFont({
  src: '../../../node_modules/@fontsource-variable/public-sans/files/public-sans-latin-ext-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-text-more',
  display: 'optional',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-0101,U+0103-0130,U+0134-0148,U+014A-0151,U+0154-017E,U+018F,U+0192,U+01A0-01A1,U+01AF-01B0,U+01D4,U+01EA-01EB,U+01FA-021B,U+0237,U+0259,U+02C7,U+02DD,U+1E0C-1E0D,U+1E24-1E25,U+1E44-1E45,U+1E5A-1E5B,U+1E62-1E63,U+1E6C-1E6D,U+1E80-1E85,U+1E92-1E93,U+1EF2-1EF9,U+2020,U+20A1,U+20A3-20A4,U+20A6,U+20A9,U+20AB,U+20B9-20BA,U+2113',
    },
  ],
})
const textVietnamese = localFont({
  src: '../../../node_modules/@fontsource-variable/public-sans/files/public-sans-vietnamese-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-text-vietnamese',
  display: 'optional',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+1EA0-1EF1' }],
})

/**
 * The first font for characters that no file has. It lacks them too, but if no system font has a character, browsers show
 * the missing glyph of the first font: here a box. Next to a space or a digit it would be Besley's, which is empty.
 */
const missing = localFont({
  src: '../../../node_modules/@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-missing',
  display: 'optional',
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0370-1E0B,U+1E0E-1E23,U+1E26-1E43,U+1E46-1E59,U+1E5C-1E61,U+1E64-1E6B,U+1E6E-1E7F,U+1E8A-1E91,U+1E94-1E9D,U+1E9F,U+1EFA-1FFF,U+2001,U+2003-2008,U+200A,U+200C-2012,U+2015-2017,U+201B,U+201F,U+2021,U+2023-2025,U+2027-2038,U+203B-2043,U+2045-20A0,U+20A2,U+20A5,U+20A7-20A8,U+20AA,U+20AD-20B8,U+20BB-2112,U+2114-2121,U+2123-2211,U+2213-2214,U+2216-10FFFF',
    },
  ],
})

/** Classes of the root element that define the font variables of globals.css. */
export const fontVariables = [title, titleMore, text, textMore, textVietnamese, missing]
  .map((font) => font.variable)
  .join(' ')
