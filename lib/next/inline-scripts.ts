import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * The inline scripts that a page may run. Pages are cached whole, so they can't have nonces: a script is allowed by its
 * hash, if it is known from the build or only passes data to Next.js. Any other script came from user input.
 */

const INLINE_SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script[^>]*>/gi
const HAS_SOURCE = /\ssrc\s*=/i
const TYPE = /\stype\s*=\s*["']?([^"'\s>]*)/i
/** A classic or module script runs. Data blocks such as JSON-LD do not. */
const EXECUTABLE = new Set(['', 'module', 'text/javascript', 'application/javascript'])

/** The texts of the scripts that a page would run, each once. */
function inlineScripts(html: string): Set<string> {
  const texts = new Set<string>()
  for (const [, attributes = '', text = ''] of html.matchAll(INLINE_SCRIPT)) {
    const type = TYPE.exec(attributes)?.[1]?.toLowerCase() ?? ''
    if (!HAS_SOURCE.test(attributes) && EXECUTABLE.has(type)) texts.add(text)
  }
  return texts
}

/** Pages that the build renders, without user data: every page has their scripts. */
const BUILT_PAGES = ['_not-found.html', '_global-error.html']

/** The inline scripts of every page. @param dist the directory of the build. */
export function scriptsOfBuild(dist: string): Set<string> {
  const pages = BUILT_PAGES.map((page) => readFileSync(path.join(dist, 'server/app', page), 'utf8'))
  return new Set(pages.flatMap((html) => [...inlineScripts(html)]))
}

/** The first push of a response to a form also contains the script that creates the list. */
const PUSH = /^(?:\(self\.__next_f=self\.__next_f\|\|\[\]\)\.push\(\[0\]\);)?self\.__next_f\.push\((\[.*\])\)$/s

/** Whether a script only passes data to Next.js: JSON holds no expressions. */
function isData(text: string): boolean {
  const data = PUSH.exec(text)?.[1]
  if (data === undefined) return false
  try {
    return Array.isArray(JSON.parse(data))
  } catch {
    return false
  }
}

export type ScriptVerdicts = {
  /** CSP source expressions of the scripts that may run. */
  allowed: string[]
  /** Texts of the scripts that may not. */
  blocked: string[]
}

/** @param known scripts that may run in every page. */
export function judgeScripts(html: string, known: ReadonlySet<string>): ScriptVerdicts {
  const verdicts: ScriptVerdicts = { allowed: [], blocked: [] }
  for (const text of inlineScripts(html))
    if (known.has(text) || isData(text))
      verdicts.allowed.push(`'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    else verdicts.blocked.push(text)
  return verdicts
}
