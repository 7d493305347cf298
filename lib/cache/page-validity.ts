import { AsyncLocalStorage } from 'node:async_hooks'
import type { Validity } from './dependencies/recorder'

/** The validity of a value, which the store keeps with it (lib/next/page-data.ts): `unstable_cache` passes only JSON. */

type Current = { validity?: Validity | undefined }

const shared = globalThis as typeof globalThis & { syroPageValidity?: AsyncLocalStorage<Current> }

/** The validity of the value that is being read or stored. */
export const pageValidity = (): AsyncLocalStorage<Current> => {
  shared.syroPageValidity ??= new AsyncLocalStorage()
  return shared.syroPageValidity
}
