/** The page that Next.js names in its warning that `middleware.ts` is deprecated in favour of `proxy.ts`. */
const MIDDLEWARE_DEPRECATED = 'nextjs.org/docs/messages/middleware-to-proxy'

/**
 * Drops Next.js's warning about `middleware.ts` at every start of `npm run dev`. SyroMusic keeps that file name on
 * purpose, so the advice can't be followed.
 */
export function silenceMiddlewareWarning(log: Pick<Console, 'warn'> = console): void {
  const warn = log.warn.bind(log)
  log.warn = (...message: unknown[]) => {
    if (!message.some((part) => typeof part === 'string' && part.includes(MIDDLEWARE_DEPRECATED))) warn(...message)
  }
}
