/** Test files that take 10 s or more on two cores, longest first. */
export const slowTests = [
  'lib/server/site.process.test.ts',
  'bench/bench.process.test.ts',
  'lib/server/instances.process.test.ts',
  'lib/server/warm/warm.process.test.ts',
  'lib/imports/imports.cli.test.ts',
  'lib/imports/roundtrip.test.ts',
  'lib/api/plans.test.ts',
  'lib/api/lists.test.ts',
  'lib/imports/load/load.test.ts',
  'lib/imports/ndjson/ndjson.test.ts',
  'lib/imports/interrupt.test.ts',
  'lib/catalogue/plans.test.ts',
  'lib/search/results/results.test.ts',
]
