import type { Dependency } from './names'

/**
 * Sets of dependencies in few bytes: sorted, as differences to the one before, seven bits a byte (LEB128). They are kept as
 * strings of Latin-1, which need the least memory for each small object.
 */

const BITS = 128

/** @param dependencies in any order, each once. */
export function pack(dependencies: Iterable<Dependency>): string {
  const bytes: number[] = []
  let last = 0
  for (const dependency of [...dependencies].sort((one, other) => one - other)) {
    let rest = dependency - last
    last = dependency
    for (; rest >= BITS; rest = Math.floor(rest / BITS)) bytes.push((rest % BITS) + BITS)
    bytes.push(rest)
  }
  return Buffer.from(bytes).toString('latin1')
}

/** Whether `test` holds for a dependency of the set. */
export function some(packed: string, test: (dependency: Dependency) => boolean): boolean {
  let last = 0
  let difference = 0
  let unit = 1
  for (let at = 0; at < packed.length; at += 1) {
    const byte = packed.charCodeAt(at)
    difference += (byte % BITS) * unit
    unit *= BITS
    if (byte >= BITS) continue
    last += difference
    if (test(last)) return true
    difference = 0
    unit = 1
  }
  return false
}
