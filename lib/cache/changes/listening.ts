/** Whether this process hears the changes of others. */

const shared = globalThis as typeof globalThis & { syroListening?: boolean }

/** Whether changes are heard now. If not, cached data must be checked against the log before each use. */
export const isListening = (): boolean => shared.syroListening ?? false

/** For lib/cache/changes/listen.ts. */
export function setListening(hearing: boolean): void {
  shared.syroListening = hearing
}
