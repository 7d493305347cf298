import { Entries, Entry } from '@/components/api/entries'

export const Values = () => (
  <Entries caption="Data types" heads={['Type', 'Format']}>
    <Entry name="Unknown">
      <code>null</code>. A field without a value is never left out.
    </Entry>
    <Entry name="Numbers">Numbers, never strings. Ids are positive 31-bit integers.</Entry>
    <Entry name="Durations">
      Milliseconds: <code>"durationMs": 213400</code>
    </Entry>
    <Entry name="Times">
      RFC 3339, in UTC: <code>"updatedAt": "2026-01-31T12:00:00.000Z"</code>
    </Entry>
    <Entry name="Release dates">
      <code>year</code>, <code>month</code> and <code>day</code>, each <code>null</code> if unknown; no part is guessed.{' '}
      <code>text</code> is the same as a string, such as <code>1997-05</code>, and <code>precision</code> its last known
      part.
    </Entry>
    <Entry name="Credits">
      Names in order, each with the text that joins it to the next: “Simon”, “ &amp; ”, “Garfunkel”. <code>credit</code>{' '}
      is the whole credit as text.
    </Entry>
    <Entry name="URLs">Absolute and permanent. Follow them rather than build them.</Entry>
    <Entry name="Lists in parameters">
      Separated by commas or repeated: <code>kind=album,ep</code>, <code>kind=album&amp;kind=ep</code>. An entry must
      match one of the values.
    </Entry>
    <Entry name="Sorting">
      A <code>-</code> reverses a <code>sort</code>: <code>sort=-title</code> is from Z to A, <code>sort=-newest</code>{' '}
      is oldest first. Entries without a date or length come last, and first in reverse.
    </Entry>
    <Entry name="Invalid values">
      A genre, artist, label or kind that the catalogue does not have is an error, not an empty list.
    </Entry>
    <Entry name="Text">UTF-8, as imported, in any script.</Entry>
  </Entries>
)
