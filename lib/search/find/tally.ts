import {
  CODE_BYTES,
  codeOf,
  FACET_SIZE,
  type Facet,
  type FacetValue,
  facetOf,
  facets,
} from '@/lib/search/index/document'
import type { ChosenFacets } from './index-query'

/**
 * Counts of documents.
 * @property documents all of them. @property total those that have the chosen values.
 * @property values the values of each facet with their numbers of hits.
 */
export type Tally = { documents: number; total: number; values: (FacetValue & { hits: number })[] }

/** Values of a facet that are returned, besides the chosen ones. */
const MAX_VALUES = 20

/** In place of the index of a facet: no facet, and several facets. */
const NONE = -1
const SEVERAL = -2

/**
 * Counts documents by their facets. Chosen values narrow the counts of all facets but their own.
 * @param bytes the codes of each document in turn (`Document.facets`).
 */
export function tally(bytes: Buffer, chosen: ChosenFacets): Tally {
  const codes = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = bytes.byteLength
  const chosenCodes = facets.map((facet) => chosen[facet]?.map((value) => codeOf({ facet, value })) ?? [])
  const narrowing = chosenCodes.flatMap((values, index) => (values.length > 0 ? [index] : []))
  const counts = new Map<number, number>()
  let documents = 0
  let total = 0
  for (let at = 0; at < end; ) {
    let next = at + CODE_BYTES
    while (next < end && codes.getUint32(next) >= FACET_SIZE) next += CODE_BYTES
    documents += 1
    // The facet that excludes the document from the hits.
    let missing = NONE
    for (const facet of narrowing) {
      if (hasOne(codes, at, next, chosenCodes[facet] ?? [])) continue
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
  return { documents, total, values: mostCommon(counts, new Set(chosenCodes.flat())) }
}

function hasOne(codes: DataView, from: number, to: number, chosenCodes: number[]): boolean {
  for (let at = from; at < to; at += CODE_BYTES) if (chosenCodes.includes(codes.getUint32(at))) return true
  return false
}

/** The most common values of each facet, and the chosen ones. */
function mostCommon(counts: Map<number, number>, chosen: Set<number>): Tally['values'] {
  const all = [...counts].map(([code, hits]) => ({ code, hits, ...facetOf(code) }))
  return facets.flatMap((facet: Facet) =>
    all
      .filter((each) => each.facet === facet)
      .sort((a, b) => b.hits - a.hits || a.code - b.code)
      .filter(({ code }, place) => place < MAX_VALUES || chosen.has(code))
      .map(({ value, hits }) => ({ facet, value, hits })),
  )
}
