import type { Figure } from '@/bench/figures'
import type { CatalogueSite } from '@/bench/pages/servers/catalogue-site'
import { quantile } from '@/bench/statistics'
import { refOf } from '@/lib/catalogue/slug'
import { visit, warm } from './pages'

/** How soon after a commit another instance shows the change. */

export async function measureDelay({ client }: CatalogueSite, otherOrigin: string, short: boolean): Promise<Figure[]> {
  const { rows } = await client.query<{ id: number; title: string }>('SELECT id, title FROM album ORDER BY id LIMIT 1')
  const [album = { id: 0, title: '' }] = rows
  const path = `/albums/${refOf(album)}`
  const times: number[] = []
  for (let round = 0; round < (short ? 2 : 300); round += 1) {
    await warm(otherOrigin, [path])
    const label = `Label ${round}`
    await client.query('UPDATE album SET label = $2, updated_at = now() WHERE id = $1', [album.id, label])
    const committed = performance.now()
    while (!(await visit(otherOrigin, path)).body.includes(label));
    times.push(performance.now() - committed)
  }
  const target = short ? undefined : (['<', 100] as const)
  const figure = (what: string, at: number): Figure => ({ name: what, unit: 'ms', samples: [quantile(times, at)] })
  return [
    figure('from a commit to the first fresh response of another instance, median', 0.5),
    {
      ...figure('from a commit to the first fresh response of another instance, p99', 0.99),
      ...(target && { target }),
    },
  ]
}
