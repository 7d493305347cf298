import { Entries, Entry } from '@/components/api/entries'

export const Values = () => (
  <Entries caption="Values" heads={['Value', 'How it is written']}>
    <Entry name="Not known">
      <code>null</code>. A field is never left out for want of a value.
    </Entry>
    <Entry name="Numbers">Numbers, never text. Ids are positive integers of 31 bits.</Entry>
    <Entry name="Durations">
      Milliseconds: <code>"durationMs": 213400</code>
    </Entry>
    <Entry name="Moments">
      RFC 3339, in UTC: <code>"updatedAt": "2026-01-31T12:00:00.000Z"</code>
    </Entry>
    <Entry name="Dates of release">
      <code>year</code>, <code>month</code> and <code>day</code>, each <code>null</code> where it isn’t known: no part
      is ever made up. <code>text</code> says the same as <code>1997-05</code>, and <code>precision</code> how far it
      goes.
    </Entry>
    <Entry name="Credits">
      Names in order, each with what joins it to the next: “Simon”, “ &amp; ”, “Garfunkel”. <code>credit</code> is all
      of it in one line.
    </Entry>
    <Entry name="Addresses">
      Absolute. Those of the API and those of pages last; follow them rather than make them.
    </Entry>
    <Entry name="Lists in parameters">
      Divided by commas or repeated: <code>kind=album,ep</code>, <code>kind=album&amp;kind=ep</code>. Any of the values
      will do.
    </Entry>
    <Entry name="Orders">
      Each <code>sort</code> has a reverse, with <code>-</code> before it: <code>sort=-title</code> is from Z to A,{' '}
      <code>sort=-newest</code> is oldest first. What has no date or no length comes last, and first in reverse.
    </Entry>
    <Entry name="Unknown values">
      A genre, artist, label or kind that the catalogue doesn’t have is an error that names it, not an empty list.
    </Entry>
    <Entry name="Text">UTF-8, as it came, in any script.</Entry>
  </Entries>
)
