import type { Weighed } from '@/lib/cache/data'
import { type Coding, canCompress, compress } from '@/lib/cache/response/encoding'

/** An answer as it is sent: its JSON, in each content coding that somebody has asked for. */
export class Representation implements Weighed {
  readonly status: number
  /** When it was read, in milliseconds since the epoch. */
  readonly madeAt = Date.now()
  private readonly plain: Buffer
  private readonly coded = new Map<Coding, Promise<Buffer>>()
  private size: number

  constructor(
    value: object,
    /** Header fields that come from what was read, such as Link and Location. */
    readonly headers: Record<string, string>,
    { status = 200, grown }: { status?: number; grown: (representation: Representation) => void },
  ) {
    this.status = status
    this.plain = Buffer.from(JSON.stringify(value))
    this.size = this.plain.length
    this.grown = grown
  }

  private readonly grown: (representation: Representation) => void

  get bytes(): number {
    return this.size
  }

  /** The coding that it is sent in to who prefers this one: small ones are sent as they are. */
  codingFor(preferred: Coding): Coding {
    return canCompress('application/json', this.plain.length) ? preferred : 'identity'
  }

  body(coding: Coding): Promise<Buffer> {
    if (coding === 'identity') return Promise.resolve(this.plain)
    let made = this.coded.get(coding)
    if (!made) {
      made = compress(coding, this.plain).then((body) => {
        this.size += body.length
        this.grown(this)
        return body
      })
      this.coded.set(coding, made)
    }
    return made
  }
}
