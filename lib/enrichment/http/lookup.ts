import type { LookupAddress, LookupAllOptions } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from './address'
import { OutsideFault } from './fault'

/** `dns.lookup`, or a test's resolver. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** A lookup without restrictions. */
export const anyLookup = (resolve: Resolve): LookupFunction => lookupWith(resolve, () => true)

/**
 * A lookup of public addresses only. The connection uses the checked addresses: a second lookup could return others (DNS
 * rebinding).
 */
export const publicLookup = (resolve: Resolve): LookupFunction => lookupWith(resolve, isPublicAddress)

const lookupWith =
  (resolve: Resolve, isAllowed: (address: string) => boolean): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '')
      const allowed = found.filter(({ address }) => isAllowed(address))
      const [first] = allowed
      if (!first)
        callback(new OutsideFault('refused', `${hostname} has a private address, which is never requested.`), '')
      else if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
