import { colourNames, exampleOf } from '@/lib/catalogue/artwork/colour-names'
import { isHex, parseColour } from '@/lib/catalogue/artwork/colour-parameter'
import { nameOf } from '@/lib/catalogue/artwork/nearest-colour'
import { fromHex } from '@/lib/catalogue/artwork/oklab'
import { FACET_SIZE, type Facet } from '@/lib/search/index/document'
import { type Kind, kinds } from '@/lib/search/text/parse'

/** The values of facets in addresses, and their names. */

/** The maximum number of chosen values of one facet. */
export const MAX_CHOSEN = 20

/** The buckets of lengths, in minutes; the ends are exclusive. */
export const lengths = ['0-2', '2-4', '4-7', '7-15', '15-'] as const
export const lengthNames = ['Under 2 min', '2 to 4 min', '4 to 7 min', '7 to 15 min', 'Over 15 min'] as const

/** "Red". */
export const colourNameOf = (value: number): string | undefined => {
  const name = colourNames[value]
  return name && name.charAt(0).toUpperCase() + name.slice(1)
}

/** An example of a colour: "#rrggbb". */
export const hexOf = (value: number): string => exampleOf(colourNames[value] ?? 'white')

export const kindNames: Record<Kind, string> = {
  artist: 'Artists',
  album: 'Albums',
  song: 'Songs',
  playlist: 'Playlists',
  genre: 'Genres',
}

/** The facets whose values have names; those of others are numbers. */
const named: { [Of in Facet]?: readonly string[] } = { kind: kinds, length: lengths, color: colourNames }

/** "song" for a kind, "2-4" for a length, "1990" for a decade, "red" for a colour, the id of a genre or an artist. */
export const writeValue = (facet: Facet, value: number): string => named[facet]?.[value] ?? `${value}`

/** @returns undefined for an invalid value. */
export function readValue(facet: Facet, text: string): number | undefined {
  if (facet === 'color') return readColourValue(text)
  const names = named[facet]
  if (!names) return /^\d{1,9}$/.test(text) && Number(text) < FACET_SIZE ? Number(text) : undefined
  const value = names.indexOf(text)
  return value < 0 ? undefined : value
}

/** The index has named colours only. Any other colour is read as the nearest of them. */
function readColourValue(text: string): number | undefined {
  const colour = parseColour(text)
  return colour === null ? undefined : colourNames.indexOf(isHex(colour) ? nameOf(fromHex(colour)) : colour)
}
