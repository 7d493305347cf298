import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Facet, type FacetValue, facets, toDocument } from '@/lib/search/index/document'
import { kinds } from '@/lib/search/text/parse'
import type { ChosenFacets } from './index-query'
import { tally } from './tally'

/** Compared with counts of each value by itself. */

const source = fc.record({
  kind: fc.constantFrom(...kinds),
  id: fc.nat(99),
  score: fc.constant(0),
  name: fc.constant('x'),
  aliases: fc.constant<string[]>([]),
  credit: fc.constant(''),
  album: fc.constant(''),
  label: fc.constant(''),
  composer: fc.constant(''),
  year: fc.option(fc.integer({ min: 1950, max: 1990 })),
  released: fc.constant(null),
  form: fc.constant(null),
  durationMs: fc.option(fc.nat(2_000_000)),
  genres: fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
  artists: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
  colours: fc.uniqueArray(fc.nat(12), { maxLength: 3 }),
})
const chosen = fc.record(
  {
    kind: fc.subarray([0, 1, 2]),
    decade: fc.subarray([1950, 1960]),
    artist: fc.subarray([1, 2]),
    color: fc.subarray([0]),
  },
  { requiredKeys: [] },
)

test('counts each value as if no value of its facet were chosen', () =>
  fc.assert(
    fc.property(fc.array(source, { maxLength: 60 }), chosen, (sources, chosenFacets: ChosenFacets) => {
      const documents = sources.map((each) => toDocument(each).facets)
      const valuesOf = (bytes: Buffer): FacetValue[] => tally(bytes, {}).values
      const all = documents.map(valuesOf)
      const has = (values: FacetValue[], but?: Facet) =>
        facets.every(
          (facet) =>
            facet === but ||
            !chosenFacets[facet]?.length ||
            values.some((each) => each.facet === facet && chosenFacets[facet]?.includes(each.value)),
        )
      const counted = tally(Buffer.concat(documents), chosenFacets)
      expect(counted.documents).toBe(sources.length)
      expect(counted.total).toBe(all.filter((values) => has(values)).length)
      for (const facet of facets) {
        const facetValues = counted.values.filter((each) => each.facet === facet)
        const hitsOf = (value: number) =>
          all.filter(
            (values) => has(values, facet) && values.some((each) => each.facet === facet && each.value === value),
          ).length
        for (const { value, hits } of facetValues) expect(hits).toBe(hitsOf(value))
        // The most common first; no omitted value is more common.
        expect(facetValues.map(({ hits }) => hits)).toEqual(
          facetValues.map(({ hits }) => hits).toSorted((a, b) => b - a),
        )
        const others = [
          ...new Set(
            all
              .flat()
              .filter((each) => each.facet === facet)
              .map(({ value }) => value),
          ),
        ].filter((value) => !facetValues.some((each) => each.value === value))
        for (const value of others)
          if (hitsOf(value) > 0) expect(hitsOf(value)).toBeLessThanOrEqual(facetValues[19]?.hits ?? -1)
      }
    }),
  ))
