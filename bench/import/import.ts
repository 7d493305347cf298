import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { z } from 'zod'
import type { Benchmark } from '@/bench/benchmark'
import { openEmbedded } from '@/lib/db/embedded/embedded'
import { silentSteps } from '@/lib/observability/steps'
import { migrate } from '@/prisma/migrate'

const SONGS = Number(process.env.BENCH_SONGS ?? 1_000_000)
const RUNS = 3
const SEED = 1

const Measured = z.object({
  seconds: z.number(),
  maxRssMiB: z.number(),
  rowsRead: z.number(),
  songs: z.number(),
  albums: z.number(),
  artists: z.number(),
  steps: z.array(z.object({ what: z.string(), seconds: z.number() })),
})
export type Measured = z.infer<typeof Measured>

/** How long a large import takes and how much memory, from the first row to after the last table is vacuumed. */
export const importBenchmark: Benchmark = {
  title: `Importing ${SONGS.toLocaleString('en')} songs`,
  about: `\`syro import synthetic --songs ${SONGS} --seed ${SEED}\` into an empty database of the embedded PostgreSQL, as
\`npm start\` runs it; ${RUNS} runs, each into a new one. Making the songs up counts. To reach: 120 s (the aim is 90 s) on two cores, and less
than 512 MiB in the importing process. \`BENCH_SONGS\` sets another number of songs.`,
  run: async (say) => {
    const directory = await mkdtemp(path.join(tmpdir(), 'syromusic-bench-'))
    // Root's PostgreSQL runs as another user, who has to get in.
    await chmod(directory, 0o755)
    const server = await openEmbedded(directory, silentSteps, (error) => console.error(error))
    try {
      const runs: (Measured & { load: number })[] = []
      for (let run = 1; run <= RUNS; run++) {
        const load = loadavg()[0] ?? 0
        runs.push({ ...(await importOnce(server.url, `bench_${run}`)), load })
        say(`run ${run}: ${runs.at(-1)?.seconds.toFixed(1)} s`)
      }
      return toMarkdown(runs)
    } finally {
      await server.stop(new AbortController().signal)
      await rm(directory, { recursive: true, force: true })
    }
  },
}

async function importOnce(server: string, database: string): Promise<Measured> {
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${database}`)
  const url = new URL(server)
  url.pathname = database
  await migrate(url.href)
  const child = fork(fileURLToPath(new URL('child.ts', import.meta.url)), [String(SONGS), String(SEED)], {
    env: { ...process.env, DATABASE_URL: url.href },
  })
  const [message] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [undefined])])
  await admin.query(`DROP DATABASE ${database} WITH (FORCE)`)
  await admin.end()
  return Measured.parse(message)
}

function toMarkdown(runs: (Measured & { load: number })[]): string {
  const table = runs.map(
    ({ seconds, songs, maxRssMiB, load }, index) =>
      `| ${index + 1} | ${seconds.toFixed(1)} s | ${Math.round(songs / seconds).toLocaleString('en')} | ${Math.round(maxRssMiB)} MiB | ${load.toFixed(1)} |`,
  )
  const best = runs.toSorted((a, b) => a.seconds - b.seconds)[0]
  if (!best) return ''
  const steps = best.steps
    .filter(({ seconds }) => seconds >= 0.1)
    .map(({ what, seconds }) => `| ${what} | ${seconds.toFixed(1)} s |`)
  const made = [best.artists, best.albums, best.songs].map((count) => count.toLocaleString('en'))
  return [
    `${made[0]} artists, ${made[1]} albums, ${made[2]} songs; ${best.rowsRead.toLocaleString('en')} rows.`,
    '',
    '| run | time | songs a second | most memory | load before it |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...table,
    '',
    'Where the time of the fastest run went:',
    '',
    '| step | time |',
    '| --- | ---: |',
    ...steps,
  ].join('\n')
}
