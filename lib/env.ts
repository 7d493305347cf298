import proxyaddr from 'proxy-addr'
import { z } from 'zod'
import { AppError } from './errors'

/** The environment, parsed once. An invalid variable stops the start with an error that names it. README.md lists all. */

const flag = z.enum(['0', '1'], { error: 'must be 0 or 1' }).transform((value) => value === '1')
const whole = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error })
}
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' })

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })

/** Outside sources of enrichment; `lib/enrichment/sources` has one file for each. */
export const sourceNames = ['musicbrainz', 'coverart'] as const
export type SourceName = (typeof sourceNames)[number]

const isSourceName = (word: string): word is SourceName => sourceNames.some((name) => name === word)

/** Requests per second. */
const rate = () => {
  const error = 'must be a number of requests a second from 0.1 to 100'
  return z.coerce.number({ error }).min(0.1, { error }).max(100, { error })
}

const isProxyList = (list: string[]): boolean => {
  try {
    proxyaddr.compile(list)
    return true
  } catch {
    return false
  }
}

const Variables = z.object({
  DATABASE_URL: postgresUrl.optional(),
  SYRO_DATA_DIR: z.string().min(1).default('.data'),
  SYRO_DEMO: flag.default(true),
  SYRO_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' }).optional(),
  PORT: whole(0, 65535).default(3000),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .refine(isProxyList, {
      error: 'must be addresses, ranges such as 10.0.0.0/8, or loopback, linklocal, uniquelocal',
    }),
  SYRO_CACHE_MB: whole(1, 100_000).default(128),
  HOST: z.string().min(1).default('0.0.0.0'),
  SYRO_SECRET: z.string().min(32, { error: 'must have 32 characters or more' }).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' }).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^([^<>@\r\n]+<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, {
      error: 'must be an e-mail address, or a name and one: SyroMusic <music@example.com>',
    })
    .optional(),
  SECURITY_CONTACT: z
    .string()
    // RFC 9116: security.txt is ASCII.
    .regex(/^(?=[\x21-\x7e]+$)(https:\/\/.+|[^\s<>()@:]+@[^\s<>()@]+)$/, {
      error: 'must be an e-mail address or an https:// address, in ASCII letters alone',
    })
    .optional(),
  RATE_LIMIT_ANONYMOUS: whole(1, 1_000_000_000).default(100),
  RATE_LIMIT_KEYED: whole(1, 1_000_000_000).default(1_000),
  RATE_LIMIT_WINDOW: whole(1, 86_400).default(3_600),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis:// or rediss:// address' }).optional(),
  UPSTASH_REDIS_REST_URL: z.url({ protocol: /^https?$/, error: 'must be an https:// address' }).optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().min(1).optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: 'must be the name of a bucket' })
    .optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' }).optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  ENRICHMENT: z
    .string()
    .default('')
    .transform((list, context) => {
      const words = [...new Set(list.split(/[\s,]+/).filter(Boolean))]
      const wrong = words.filter((word) => !isSourceName(word))
      if (wrong.length > 0) {
        const those = wrong.map((word) => JSON.stringify(word)).join(', ')
        const message = `must be names of sources (${sourceNames.join(', ')}), not ${those}`
        context.addIssue({ code: 'custom', message })
      }
      return words.filter(isSourceName)
    }),
  ENRICHMENT_CONTACT: z
    .string()
    // It is sent in a header, in brackets.
    .regex(/^(?=[\x21-\x7e]+$)(https?:\/\/.+|[^<>()@]+@[^<>()@]+)$/, {
      error: 'must be an e-mail address or an http:// or https:// address, in ASCII letters alone (xn--… for others)',
    })
    .optional(),
  ENRICHMENT_TTL: whole(60, 31_536_000).default(86_400),
  MUSICBRAINZ_URL: httpUrl.optional(),
  MUSICBRAINZ_RATE: rate().default(1),
  COVERART_URL: httpUrl.optional(),
  COVERART_RATE: rate().default(1),
})

const Environment = Variables.superRefine((variables, context) => {
  const needs = (variable: keyof typeof variables, needed: keyof typeof variables, why: string) => {
    if (variables[variable] !== undefined && variables[needed] === undefined)
      context.addIssue({ code: 'custom', path: [needed], message: `must be set if ${variable} is: ${why}` })
  }
  needs('SMTP_URL', 'MAIL_FROM', 'mails are sent from it')
  needs('SMTP_URL', 'SYRO_URL', 'links in mails use it')
  needs('UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN', 'the address needs it')
  needs('UPSTASH_REDIS_REST_TOKEN', 'UPSTASH_REDIS_REST_URL', 'the token is for that address')
  needs('S3_ENDPOINT', 'S3_BUCKET', 'pictures are stored in it')
  needs('S3_ACCESS_KEY_ID', 'S3_BUCKET', 'the key is for that bucket')
  needs('S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'they belong together')
  needs('S3_SECRET_ACCESS_KEY', 'S3_ACCESS_KEY_ID', 'they belong together')
  if (variables.ENRICHMENT.length > 0 && variables.ENRICHMENT_CONTACT === undefined)
    context.addIssue({
      code: 'custom',
      path: ['ENRICHMENT_CONTACT'],
      message: 'must be set if ENRICHMENT is: sources require a contact',
    })
  if (variables.REDIS_URL !== undefined && variables.UPSTASH_REDIS_REST_URL !== undefined)
    context.addIssue({
      code: 'custom',
      path: ['REDIS_URL'],
      message: 'can’t be set together with UPSTASH_REDIS_REST_URL',
    })
})

export type Environment = z.infer<typeof Environment>

/** @throws AppError whose message names each invalid variable and what it must be. */
export function parseEnvironment(variables: Record<string, string | undefined>): Environment {
  // An empty variable counts as not set: `PORT= npm start`.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new AppError('invalid', `The environment is invalid. ${faults.join('; ')}`)
}

export const env = parseEnvironment(process.env)
