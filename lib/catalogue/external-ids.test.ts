import { expect, test } from 'vitest'
import { storedValue } from './external-ids'

test.each([
  ['musicbrainz', 'B10BBBFC-CF9E-42E0-BE17-E2C3E1D2600D', 'b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d'],
  ['musicbrainz', 'NO-MBID', 'NO-MBID'],
  ['isrc', 'gb-aye-97-00123', 'GBAYE9700123'],
  ['isrc', 'x-1', 'x-1'],
  ['spotify', '6rqhFgbbKwnb9MLmUQDhG6', '6rqhFgbbKwnb9MLmUQDhG6'],
])('%s:%s is stored as %s', (source, value, stored) => expect(storedValue(source, value)).toBe(stored))
