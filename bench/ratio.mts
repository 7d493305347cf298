// node --import tsx bench/ratio.mts SITEURL BAREURL turns
import { execSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
const [a, b, n] = process.argv.slice(2)
const C = process.env.C ?? '16'
const pidOf = (u) => { const port = new URL(u).port; const m = /pid=(\d+)/.exec(execSync(`ss -ltnpH 'sport = :${port}'`).toString()); return m[1] }
const cpu = (pid) => fs.readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).map(Number)
const all = (pid) => fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).map(Number)
const one = (u, s = 1) => { const pid = pidOf(u); const b0 = cpu(pid), a0 = all(pid); const out = spawnSync('wrk', ['-t1', `-c${C}`, `-d${s}s`, '--header', 'Accept-Encoding: gzip, br', u]).stdout.toString(); const b1 = cpu(pid), a1 = all(pid); const r = Number(/(\d+) requests in/.exec(out)[1]); return { r: r / s, us: (b1[0] + b1[1] - b0[0] - b0[1]) * 1e4 / r, user: (b1[0] - b0[0]) * 1e4 / r, sys: (b1[1] - b0[1]) * 1e4 / r, others: (a1[0] + a1[1] - a0[0] - a0[1]) * 1e4 / r - (b1[0] + b1[1] - b0[0] - b0[1]) * 1e4 / r } }
const med = (x) => [...x].sort((p, q) => p - q)[x.length >> 1]
for (let i = 0; i < 3; i++) { one(a, 2); one(b, 2) }
const A = [], B = []
for (let i = 0; i < Number(n); i++) { A.push(one(a)); B.push(one(b)) }
const f = (k, x) => med(x.map((e) => e[k])).toFixed(1)
console.log('site', ['r', 'us', 'user', 'sys', 'others'].map((k) => k + ' ' + f(k, A)).join('  '))
console.log('bare', ['r', 'us', 'user', 'sys', 'others'].map((k) => k + ' ' + f(k, B)).join('  '))
console.log('ratio rate', med(A.map((e, i) => e.r / B[i].r)).toFixed(3), 'cpu', med(A.map((e, i) => B[i].us / e.us)).toFixed(3))
