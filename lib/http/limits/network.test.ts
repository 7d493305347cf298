import fc from 'fast-check'
import { expect, test } from 'vitest'
import { networkOf, siteOf } from './network'

for (const [address, network] of [
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['::FFFF:cb00:7109', '203.0.113.9'],
  ['0:0:0:0:0:ffff:203.0.113.9', '203.0.113.9'],
  ['0000:0000:0000:0000:0000:ffff:cb00:7109', '203.0.113.9'],
  ['::fffe:203.0.113.9', '0:0:0:0::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:0002::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::203.0.113.9', '64:ff9b:0:0::/64'],
  ['2001:db8:1:2:3:4:203.0.113.9', '2001:db8:1:2::/64'],
  ['::1:2:3:4:203.0.113.9', '0:0:1:2::/64'],
  ['', ''],
] as const)
  test(`${address || 'no address'} counts as ${network || 'no network'}`, () =>
    expect(networkOf(address)).toBe(network))

test('an IPv6 address counts by its first 64 bits, in every notation', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }), (groups) => {
      const written = groups.map((group) => group.toString(16).padStart(4, '0')).join(':')
      const canonical = new URL(`http://[${written}]`).hostname.slice(1, -1)
      const expected = `${groups
        .slice(0, 4)
        .map((group) => group.toString(16))
        .join(':')}::/64`
      expect(networkOf(written)).toBe(expected)
      const isMapped = /^::ffff:[0-9a-f]+:[0-9a-f]+$/.test(canonical)
      if (!isMapped) expect(networkOf(canonical)).toBe(expected)
    }),
  )
})

for (const [network, site] of [
  ['2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['0:0:0:0::/64', '0:0:0::/48'],
  ['203.0.113.9', undefined],
  ['', undefined],
  ['an-account 2001:db8:1:2::/64', undefined],
] as const)
  test(`${network || 'no address'} is in ${site ?? 'no site'}`, () => expect(siteOf(network)).toBe(site))
