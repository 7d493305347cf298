import ipaddr from 'ipaddr.js'

/** What IANA gives out of IPv6 as global unicast; all else is of some other kind, or not in use. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an address is one of the public internet: not of this machine, not of a network that it is in, and none that
 * only stands for such a one (an IPv4 address inside an IPv6 one, of whichever kind). What is not an address is not.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.parse(text)
  if (address.range() !== 'unicast') return false
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_IPV6)
}

/** The address that a URL's host is, where it is one and not a name. */
export function literalAddress({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1')
  return ipaddr.isValid(bare) ? bare : null
}
