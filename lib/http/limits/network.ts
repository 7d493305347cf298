import { isIPv4, isIPv6 } from 'node:net'

/**
 * The network that an address counts as under a limit: of IPv4 the address itself; of IPv6 its 64 bits, since that is what
 * one household or one rented machine gets to choose addresses from. An IPv4 address that is written as an IPv6 one
 * (`::ffff:192.0.2.1`, as a socket that listens for both has it) counts as IPv4.
 * @param address as the socket or a proxy has it. Anything else counts as itself.
 */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%', 1)
  if (!isIPv6(bare)) return address
  const groups = groupsOf(bare)
  return mappedIn(groups) ?? `${hex(groups.slice(0, 4))}::/64`
}

const NETWORK = /^([0-9a-f]{1,4}:[0-9a-f]{1,4}:[0-9a-f]{1,4}):[0-9a-f]{1,4}::\/64$/

/** The 48 bits that an IPv6 network is in, as a provider assigns them to a customer or a site; undefined for all else. */
export function siteOf(network: string): string | undefined {
  const prefix = NETWORK.exec(network)?.[1]
  return prefix && `${prefix}::/48`
}

/** An address without the way in which it is written: an IPv4 address in IPv6 is the IPv4 address. */
export const plainAddress = (address: string): string =>
  (isIPv6(address) ? mappedIn(groupsOf(address)) : undefined) ?? address

const hex = (groups: number[]): string => groups.map((group) => group.toString(16)).join(':')

/** The IPv4 address in `::ffff:0:0/96`. */
function mappedIn(groups: number[]): string | undefined {
  const [high = 0, low = 0] = groups.slice(6)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  return isMapped ? [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.') : undefined
}

/** The eight groups of 16 bits of an IPv6 address. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = address.split('::')
  const before = partOf(head)
  if (tail === undefined) return before
  const after = partOf(tail)
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}

/** An IPv4 address at the end is two groups. */
function partOf(part: string): number[] {
  if (part === '') return []
  return part.split(':').flatMap((group) => {
    if (!isIPv4(group)) return [Number.parseInt(group, 16)]
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
    return [(a << 8) | b, (c << 8) | d]
  })
}
