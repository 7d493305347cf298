import { labelOf } from '@/components/artwork/drawing'
import { Portrait } from '@/components/artwork/portrait'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { DetailHead } from '@/components/ui/detail-head'
import { facts } from '@/components/ui/text'
import type { ArtistKind, ArtistView } from '@/lib/catalogue/views'
import { artistFacts } from './artist-grid'

const kindNames: Record<ArtistKind, string> = {
  person: 'Artist',
  group: 'Group',
  orchestra: 'Orchestra',
  choir: 'Choir',
  character: 'Character',
  other: 'Artist',
}

export const ArtistHead = ({ artist }: { artist: ArtistView }) => (
  <DetailHead
    palette={labelOf(artist).palette}
    picture={<Portrait of={artist} />}
    above={<Breadcrumbs crumbs={[{ name: 'Artists', path: '/artists' }]} />}
    kind={facts(kindNames[artist.kind ?? 'other'], artist.disambiguation)}
    title={artist.name}
  >
    <p>{artistFacts(artist) || 'No records yet'}</p>
  </DetailHead>
)
