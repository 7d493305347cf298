import { Notice } from '@/components/ui/notice'

/** Tells the operator how to fill an empty catalogue. */
export const EmptyCatalogue = ({ of }: { of: string }) => (
  <Notice title={`No ${of} yet`} heading="h2">
    <p>Import a catalogue to get started. In a terminal where SyroMusic is installed, run:</p>
    <pre>
      <code>npm run syro -- import csv my-music.csv</code>
    </pre>
    <p>
      <code>npm run syro -- help</code> lists the supported formats.
    </p>
  </Notice>
)
