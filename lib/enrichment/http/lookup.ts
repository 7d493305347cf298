import type { LookupAddress, LookupAllOptions } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from './address'
import { OutsideFault } from './fault'

/** How names become addresses: `dns.lookup`, or a test's. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** A lookup for a connection, whatever the addresses are. */
export const anyLookup = (resolve: Resolve): LookupFunction => lookupWith(resolve, () => true)

/**
 * A lookup for a connection to the public internet. The connection is made to the very addresses that were looked at:
 * a name that is looked up once to be checked and once more to connect may be somebody else the second time (DNS
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
      if (!first) callback(new OutsideFault('refused', `${hostname} is an address inside; nothing is asked there.`), '')
      else if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
