import { expect, test } from 'vitest'
import { identifierOf } from './identifier'

const MBID = '5b11f4ce-a62d-471e-81fc-a69a8278c7da'

test.each([
  [MBID, { source: 'musicbrainz', value: MBID }],
  [MBID.toUpperCase(), { source: 'musicbrainz', value: MBID }],
  [`https://musicbrainz.org/artist/${MBID}`, { source: 'musicbrainz', value: MBID }],
  [`https://musicbrainz.org/release-group/${MBID}/details`, { source: 'musicbrainz', value: MBID }],
  ['USRC17607839', { source: 'isrc', value: 'USRC17607839' }],
  ['us-rc1-76-07839', { source: 'isrc', value: 'USRC17607839' }],
  ['ISRC: GBAYE9700123', { source: 'isrc', value: 'GBAYE9700123' }],
  ['5b11f4ce', null],
  ['USRC1760783', null],
  [`${MBID} live`, null],
])('reads %s', (text, identifier) => expect(identifierOf(text)).toEqual(identifier))
