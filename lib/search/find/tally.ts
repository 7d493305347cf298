import {
  CODE_BYTES,
  codeOf,
  FACET_SIZE,
  type Facet,
  type FacetValue,
  facetOf,
  facets,
} from '@/lib/search/index/document'
import type { Chosen } from './index-query'

/**
 * What is counted of documents: how many there are, how many of them have what was chosen, and of each facet its values
 * with how many have them.
 */
export type Tally = { documents: number; total: number; values: (FacetValue & { hits: number })[] }

/** Values of a facet that are told, beside those that are chosen. */
const MOST_VALUES = 20

/** Beside facets by their places: none of them, and more than one. */
const NONE = -1
const SEVERAL = -2

/**
 * Counts documents by their facets, one after the other as the index holds them. What is chosen narrows all but its own
 * facet, whose values are counted as if none of them were.
 * @param bytes of each document its codes, as it has them (`Document.facets`).
 */
export function tally(bytes: Buffer, chosen: Chosen): Tally {
  const codes = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = bytes.byteLength
  const wanted = facets.map((facet) => chosen[facet]?.map((value) => codeOf({ facet, value })) ?? [])
  const narrowing = wanted.flatMap((of, index) => (of.length > 0 ? [index] : []))
  const counts = new Map<number, number>()
  let documents = 0
  let total = 0
  for (let at = 0; at < end; ) {
    let next = at + CODE_BYTES
    while (next < end && codes.getUint32(next) >= FACET_SIZE) next += CODE_BYTES
    documents += 1
    // Which facet keeps the document from being a hit.
    let missing = NONE
    for (const facet of narrowing) {
      if (hasOne(codes, at, next, wanted[facet] ?? [])) continue
      missing = missing === NONE ? facet : SEVERAL
    }
    if (missing === NONE) total += 1
    if (missing !== SEVERAL)
      for (let place = at; place < next; place += CODE_BYTES) {
        const code = codes.getUint32(place)
        if (missing === NONE || Math.floor(code / FACET_SIZE) === missing) counts.set(code, (counts.get(code) ?? 0) + 1)
      }
    at = next
  }
  return { documents, total, values: told(counts, new Set(wanted.flat())) }
}

function hasOne(codes: DataView, from: number, to: number, wanted: number[]): boolean {
  for (let at = from; at < to; at += CODE_BYTES) if (wanted.includes(codes.getUint32(at))) return true
  return false
}

/** Of each facet the commonest values, and those that are chosen. */
function told(counts: Map<number, number>, chosen: Set<number>): Tally['values'] {
  const all = [...counts].map(([code, hits]) => ({ code, hits, ...facetOf(code) }))
  return facets.flatMap((facet: Facet) =>
    all
      .filter((each) => each.facet === facet)
      .sort((a, b) => b.hits - a.hits || a.code - b.code)
      .filter(({ code }, place) => place < MOST_VALUES || chosen.has(code))
      .map(({ value, hits }) => ({ facet, value, hits })),
  )
}
