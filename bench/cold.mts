import fs from 'node:fs'
import { openServer } from '@/bench/server'
import { serve, forgetAll } from '@/bench/pages/servers/catalogue'
import { findLists, someListPages } from '@/bench/pages/addresses'
import { visit } from '@/bench/pages/load/visit'
import { Lifetime } from '@/lib/lifetime'
const lifetime = new Lifetime(); lifetime.endOnSignals()
const server = await openServer(10000, lifetime)
const env = { ...(process.env.SITE_OPTIONS && { NODE_OPTIONS: process.env.SITE_OPTIONS }), ...(process.env.NOBOUND && { NOBOUND: "1" }), ...(process.env.VFLAGS && { VFLAGS: process.env.VFLAGS }) }
const served = await serve(server, 10000, lifetime, env)
console.log('PID', served.pid, served.origin)
const paths = someListPages(await findLists(served.client), 200, 2)
const cpu = () => Object.fromEntries(fs.readdirSync(`/proc/${served.pid}/task`).map((t) => { try { const f = fs.readFileSync(`/proc/${served.pid}/task/${t}/stat`, 'utf8'); const p = f.split(') ')[1].split(' '); return [t, [Number(p[11]) , Number(p[12])]] } catch { return [t, [0, 0]] } }))
for (let r = 0; r < Number(process.env.R ?? 8); r++) {
  await forgetAll(served)
  const a = cpu()
  const { ms, seconds } = await visit(served.origin, paths, { connections: 16 })
  const b = cpu()
  const d = Object.entries(b).map(([t, v]) => [t, (v[0] + v[1] - (a[t]?.[0] ?? 0) - (a[t]?.[1] ?? 0)) * 10 / ms.length]).sort((x, y) => y[1] - x[1])
  console.log((ms.length / seconds).toFixed(1) + '/s', 'cpu ms a page:', d.reduce((s, x) => s + x[1], 0).toFixed(1), 'top:', d.slice(0, 4).map((x) => x[0] + ':' + x[1].toFixed(1)).join(' '))
}
if (process.env.HOLD) { console.log('READY'); setInterval(() => {}, 1000) } else { await lifetime.close(); process.exit() }
