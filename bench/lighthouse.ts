import { cpus, loadavg } from 'node:os'
import { z } from 'zod'
import { buildSite } from '@/bench/pages/servers/site'
import { freePort } from '@/lib/db/embedded/server'
import { AppError } from '@/lib/errors'
import type { Lifetime } from '@/lib/lifetime'
import { makeDataDir, removeDataDir, Site } from '@/lib/server/testing'
import type { Benchmark, BenchOptions } from './benchmark'
import { type Figure, toTable } from './figures'
import { startCatalogueSite } from './pages/servers/catalogue-site'
import { openServer } from './server'
import { median } from './statistics'

/** The target score of each category. */
const categories = { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 } as const
const names = Object.keys(categories)

const ROUNDS = 3

const Report = z.object({
  categories: z.record(
    z.string(),
    z.object({ score: z.number().nullable(), auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })) }),
  ),
  audits: z.record(
    z.string(),
    z.object({ title: z.string(), score: z.number().nullable(), displayValue: z.string().optional() }),
  ),
  runtimeError: z.object({ message: z.string() }).optional(),
  environment: z.object({ benchmarkIndex: z.number() }),
})
type Report = z.infer<typeof Report>

/** Lighthouse's scores of the site on a phone. */
export const lighthouseBenchmark: Benchmark = {
  songs: { usually: 10_000, short: 600 },
  title: () => 'Lighthouse, with the demo catalogue',
  about: ({
    short,
  }) => `Lighthouse with its mobile preset (simulated slow 4G, a quarter of the processor) in the system's Chromium, on the
production build behind \`server.ts\` with the demo catalogue of 10,000 songs; \`--songs\` has no effect. Scores are out of 100,
the median of ${short ? 1 : ROUNDS}. The audits that cost points are listed below the table. Performance scores are meaningful only on an
otherwise idle machine.`,
  run: async (options) => {
    const { origin, port } = await open(options)
    const figures: Figure[] = []
    const faults = new Set<string>()
    const speeds: number[] = []
    const pages = Object.entries(await pagesOf(origin))
    for (const [page, path] of options.short ? pages.slice(0, 1) : pages) {
      const reports: Report[] = []
      for (let round = 0; round < (options.short ? 1 : ROUNDS); round++) {
        const report = await audit(`${origin}${path}`, port)
        options.say(
          `${page}: ${metrics
            .map((id) => report.audits[id])
            .map(toWords)
            .join(', ')}`,
        )
        reports.push(report)
        speeds.push(report.environment.benchmarkIndex)
      }
      figures.push(...figuresOf(page, reports))
      for (const report of reports) for (const fault of failedAudits(report)) faults.add(`- ${page}: ${fault}`)
    }
    // Its measure of the machine's speed. It throttles the processor assuming a desktop: 1,500 to 2,000 by its documentation.
    const speed = `Lighthouse's benchmark index of this machine: ${Math.round(median(speeds))}, where a desktop has 1,500 to 2,000.`
    const load = `${speed} Load average when it ended: ${(loadavg()[0] ?? 0).toFixed(1)} on ${cpus().length} cores.`
    return [toTable(figures), '', load, ...(faults.size > 0 ? ['', ...faults] : [])].join('\n')
  },
}

/** Loaded on demand: they take longer to load than all other benchmarks. */
const loadBrowser = async () => ({ ...(await import('@playwright/test')), ...(await import('@/e2e/chromium')) })
const loadLighthouse = async () => (await import('lighthouse')).default

/** Starts a site with demo data. @returns its origin. */
async function startDemoSite(lifetime: Lifetime): Promise<string> {
  const dataDir = await makeDataDir()
  lifetime.onEnd(() => removeDataDir(dataDir))
  const origin = `http://localhost:${await freePort()}`
  const site = Site.start(dataDir, { HOST: 'localhost', PORT: new URL(origin).port, SYRO_DEMO: '1', SYRO_URL: origin })
  lifetime.onEnd(async () => void (await site.stop()))
  await site.address()
  return origin
}

/** Starts the site, and a browser that Lighthouse controls at `port`. A short run uses the site of the others. */
async function open({ songs, short, lifetime, say }: BenchOptions): Promise<{ origin: string; port: number }> {
  const { chromium, findChromium } = await loadBrowser()
  const executablePath = await findChromium(say)
  await buildSite({ lifetime, say })
  const origin = short
    ? (await startCatalogueSite(await openServer(songs, lifetime), songs)).origin
    : await startDemoSite(lifetime)
  const port = await freePort()
  const browser = await chromium.launch({
    executablePath,
    args: [`--remote-debugging-port=${port}`, '--no-sandbox', '--disable-gpu', '--disable-quic'],
  })
  lifetime.onEnd(() => browser.close())
  return { origin, port }
}

/** Home, a list, and the most popular album. They are requested first, because visitors usually get cached pages. */
async function pagesOf(origin: string): Promise<Record<string, string>> {
  const list = await (await fetch(`${origin}/albums?sort=popular`)).text()
  const album = /href="(\/albums\/[^"?]+-\d+)"/.exec(list)?.[1]
  if (!album) throw new AppError('unavailable', 'The demo catalogue shows no album.')
  const pages = { home: '/', 'a list': '/albums?page=2', 'an album': album }
  for (const path of Object.values(pages)) await (await fetch(`${origin}${path}`)).arrayBuffer()
  return pages
}

/** The metrics of performance, printed for each run. */
const metrics = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']
const toWords = (audit?: Report['audits'][string]): string => `${audit?.title} ${audit?.displayValue}`

/** On a busy machine a run may end without all scores; then it is repeated. */
const ATTEMPTS = 3

async function audit(url: string, port: number): Promise<Report> {
  const lighthouse = await loadLighthouse()
  let why = ''
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const result = await lighthouse(url, {
      port,
      output: 'json',
      logLevel: 'error',
      onlyCategories: names,
      disableFullPageScreenshot: true,
    })
    const report = Report.parse(result?.lhr)
    if (names.every((name) => typeof report.categories[name]?.score === 'number')) return report
    why = report.runtimeError?.message ?? 'it gave no score'
  }
  throw new AppError('unavailable', `Lighthouse could not score ${url}: ${why}`)
}

const figuresOf = (page: string, reports: Report[]): Figure[] =>
  Object.entries(categories).map(([category, least]) => ({
    name: `${page}, ${category.replace('-', ' ')}`,
    unit: '',
    samples: reports.map((report) => Math.round((report.categories[category]?.score ?? 0) * 100)),
    target: ['≥', least],
  }))

/** Failed audits with weight, and their score of 100. */
function* failedAudits({ categories: judged, audits }: Report): Generator<string> {
  for (const [category, { auditRefs }] of Object.entries(judged))
    for (const { id, weight } of auditRefs) {
      const audit = audits[id]
      if (weight > 0 && audit?.score !== null && audit && audit.score < 0.9)
        yield `${audit.title} (${category.replace('-', ' ')})`
    }
}
