import { QueueFull, type Waiting } from '@/lib/cache/response/waiting-clients'
import { networkOf, siteOf } from '@/lib/http/limits/network'

export type QueueLimits = {
  /** Jobs that run at once. */
  running: number
  /** The same for one network. Fewer than `running`, so that slow jobs of one network leave room for others. */
  runningPerNetwork: number
  /** Jobs that wait. */
  waiting: number
  /** The same for one network. */
  waitingPerNetwork: number
}

/** The longest wait, in ms: when it is exceeded, the jobs in front take far longer than they should. */
const PATIENCE = 10_000

/** An IPv6 site (/48) has this many times the share of a network. */
const SITE_SHARE = 4

/** The jobs of one network or site. It exists while there are any. */
type Lane = {
  key: string
  /** Its share, in networks. */
  share: number
  running: number
  waiting: number
  /** Virtual time from which its next job may start. */
  next: number
}

type Job = {
  lanes: Lane[]
  /** Virtual time. */
  startAt: number
  run: () => void
  refuse: (error: QueueFull) => void
  waiting: Waiting
  timer: NodeJS.Timeout
}

/**
 * A bounded queue that is fair by network (start-time fair queueing): the networks, and the sites of IPv6 networks,
 * take turns, however many jobs each has waiting. When the queue is full, the job that would start last is refused.
 */
export class FairQueue {
  private readonly lanes = new Map<string, Lane>()
  private readonly jobs: Job[] = []
  private running = 0
  /** The virtual time: the start of the job that began last. A network's jobs are one apart. */
  private now = 0

  constructor(private readonly limits: QueueLimits) {}

  /** Runs a job in its turn. @throws QueueFull, and the job's error. */
  run<T>(waiting: Waiting, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const [first = '', ...others] = waiting.clients
      const lanes = this.lanesOf(first)
      const run = () => {
        const worked = (async () => work())()
        worked.then(resolve, reject).finally(() => this.end(job))
      }
      const timer = setTimeout(() => this.refuse(job), PATIENCE)
      const job: Job = { lanes, startAt: this.claim(lanes), run, refuse: reject, waiting, timer }
      this.jobs.push(job)
      waiting.onJoin = (client) => this.join(job, client)
      for (const client of others) this.join(job, client)
      if (job.lanes.some((lane) => lane.waiting > this.limits.waitingPerNetwork * lane.share)) this.refuse(job)
      else this.startNext()
      if (this.jobs.length > this.limits.waiting) this.refuse(this.last())
    })
  }

  private lanesOf(client: string): Lane[] {
    const network = networkOf(client)
    const site = siteOf(network)
    return site ? [this.laneOf(network, 1), this.laneOf(site, SITE_SHARE)] : [this.laneOf(network, 1)]
  }

  private laneOf(key: string, share: number): Lane {
    const known = this.lanes.get(key)
    if (known) return known
    const lane = { key, share, running: 0, waiting: 0, next: this.now }
    this.lanes.set(key, lane)
    return lane
  }

  /** Takes a place in lanes. @returns its virtual time. */
  private claim(lanes: Lane[]): number {
    const startAt = Math.max(this.now, ...lanes.map(({ next }) => next))
    for (const lane of lanes) {
      lane.waiting += 1
      lane.next = startAt + 1 / lane.share
    }
    return startAt
  }

  /** Moves a waiting job to the lanes of another client who wants the same, if it starts sooner there. */
  private join(job: Job, client: string): void {
    const lanes = this.lanesOf(client)
    const startAt = Math.max(this.now, ...lanes.map(({ next }) => next))
    if (startAt >= job.startAt) {
      this.drop(lanes)
      return
    }
    for (const lane of job.lanes) lane.waiting -= 1
    this.drop(job.lanes)
    job.lanes = lanes
    job.startAt = this.claim(lanes)
    this.startNext()
  }

  private startNext(): void {
    while (this.running < this.limits.running) {
      const job = this.first()
      if (!job) return
      this.take(job)
      this.now = Math.max(this.now, job.startAt)
      this.running += 1
      for (const lane of job.lanes) lane.running += 1
      job.run()
    }
  }

  /** The next job among those of networks that may run more. */
  private first(): Job | undefined {
    const mayRun = ({ lanes }: Job) => lanes.every(({ running, share }) => running < this.mostOf(share))
    return this.jobs.filter(mayRun).reduce<Job | undefined>((a, b) => (a && a.startAt <= b.startAt ? a : b), undefined)
  }

  /** The jobs of a network or site that run at once: a site leaves room for others too. */
  private mostOf(share: number): number {
    const { running, runningPerNetwork } = this.limits
    return Math.min(runningPerNetwork * share, Math.max(runningPerNetwork, running - runningPerNetwork))
  }

  private last(): Job {
    return this.jobs.reduce((a, b) => (a.startAt > b.startAt ? a : b))
  }

  private refuse(job: Job): void {
    this.take(job)
    this.drop(job.lanes)
    job.refuse(new QueueFull())
  }

  /** Removes a job from the waiting ones. */
  private take(job: Job): void {
    this.jobs.splice(this.jobs.indexOf(job), 1)
    for (const lane of job.lanes) lane.waiting -= 1
    job.waiting.onJoin = undefined
    clearTimeout(job.timer)
  }

  private end(job: Job): void {
    this.running -= 1
    for (const lane of job.lanes) lane.running -= 1
    this.drop(job.lanes)
    this.startNext()
  }

  /** Deletes lanes without jobs. */
  private drop(lanes: Lane[]): void {
    for (const { key, running, waiting } of lanes) if (running === 0 && waiting === 0) this.lanes.delete(key)
  }
}
