// benchmark-like site with covers, held; prints URLs
import path from 'node:path'
import { mkdir } from 'node:fs/promises'
import { spawnSync } from 'node:child_process'
import { openServer } from '@/bench/server'
import { serve } from '@/bench/pages/servers/catalogue'
import { startBare } from '@/bench/pages/servers/bare'
import { writeCovers } from '@/bench/artwork/pictures'
import { Lifetime } from '@/lib/lifetime'
import { artworkPath } from '@/lib/catalogue/artwork/variants'
import { root } from '@/lib/server/testing'
const lifetime = new Lifetime(); lifetime.endOnSignals()
const server = await openServer(10000, lifetime)
const dataDir = path.join(server.directory, 'pictures')
const served = await serve(server, Number(process.env.SONGS ?? 10000), lifetime, { S3_BUCKET: '', SYRO_DATA_DIR: dataDir, ...(process.env.NODE_OPTIONS_SITE ? { NODE_OPTIONS: process.env.NODE_OPTIONS_SITE } : {}) })
const folder = path.join(server.directory, 'covers'); await mkdir(folder)
await writeCovers(folder, 6)
spawnSync(process.execPath, ['--import', 'tsx', 'bin/syro.ts', 'artwork', 'import', folder], { cwd: root, env: { ...process.env, DATABASE_URL: served.databaseUrl, SYRO_DATA_DIR: dataDir, S3_BUCKET: '' }, stdio: 'inherit' })
const { rows } = await served.client.query('SELECT hash FROM artwork ORDER BY hash LIMIT 1')
console.log('PID', served.pid)
for (const [s, f] of [[250,'avif'],[250,'webp'],[1000,'jpg']] as const) {
  const url = served.origin + artworkPath(rows[0].hash, s, f)
  const { headers } = await fetch(url, { method: 'HEAD' })
  console.log('URL', url, headers.get('content-length'), await startBare(Number(headers.get('content-length')), lifetime))
}
console.log('READY')
setInterval(() => {}, 1000)
