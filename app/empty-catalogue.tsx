import { Notice } from '@/components/ui/notice'

/** For where the catalogue has nothing to show yet: what to do about it. */
export const EmptyCatalogue = ({ of }: { of: string }) => (
  <Notice title={`There are no ${of} here yet`} heading="h2">
    <p>The shelves fill when a catalogue is imported. In a terminal, where SyroMusic is installed:</p>
    <pre>
      <code>npm run syro -- import csv my-music.csv</code>
    </pre>
    <p>
      <code>npm run syro -- help</code> tells which formats there are.
    </p>
  </Notice>
)
