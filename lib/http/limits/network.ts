import { isIPv4, isIPv6 } from 'node:net'

/**
 * The network that an address counts as under a limit: an IPv4 address counts as itself, an IPv6 address as its first
 * 64 bits, the range from which one household or one rented machine chooses its addresses. An IPv4 address written as
 * IPv6 (`::ffff:192.0.2.1`, as dual-stack sockets have it) counts as IPv4.
 * @param address as the socket or a proxy has it. Any other text counts as itself.
 */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%', 1)
  if (!isIPv6(bare)) return address
  const groups = groupsOf(bare)
  return mappedIn(groups) ?? `${hex(groups.slice(0, 4))}::/64`
}

const NETWORK = /^([0-9a-f]{1,4}:[0-9a-f]{1,4}:[0-9a-f]{1,4}):[0-9a-f]{1,4}::\/64$/

/** The first 48 bits of an IPv6 network, the range that a provider assigns to a site; undefined for anything else. */
export function siteOf(network: string): string | undefined {
  const prefix = NETWORK.exec(network)?.[1]
  return prefix && `${prefix}::/48`
}

/** An address in plain form: an IPv4 address written as IPv6 becomes IPv4. */
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

/** An IPv4 address at the end stands for two groups. */
function partOf(part: string): number[] {
  if (part === '') return []
  return part.split(':').flatMap((group) => {
    if (!isIPv4(group)) return [Number.parseInt(group, 16)]
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
    return [(a << 8) | b, (c << 8) | d]
  })
}
