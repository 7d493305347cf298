import { Portrait } from '@/components/artwork/portrait'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { DetailHead } from '@/components/ui/detail-head'
import { capitalised, facts } from '@/components/ui/text'
import { labelOf } from '@/lib/catalogue/artwork/drawing'
import type { ArtistKind } from '@/lib/catalogue/kinds'
import type { ArtistView } from '@/lib/catalogue/views'
import { artistFacts } from './artist-grid'
import { roleTitles } from './kinds'

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
    <p>{capitalised(artistSummary(artist))}</p>
  </DetailHead>
)

/** "12 albums · 130 songs", or the artist's other roles if they have neither. */
export const artistSummary = (artist: ArtistView): string =>
  artistFacts(artist) || facts(...artist.roles.map(({ role }) => roleTitles[role].toLowerCase())) || 'no releases'
