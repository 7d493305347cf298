/**
 * Random numbers that are the same on every machine. They use integers and IEEE arithmetic; `Math.log` and the like may
 * differ between engines in the last bit, so curves are tables.
 */

/** sfc32, Chris Doty-Humphrey's small fast counting generator of PractRand 0.95 (https://pracrand.sourceforge.net). */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(seed: number) {
    this.#a = 0
    this.#b = Math.floor(seed / 0x1_0000_0000) | 0
    this.#c = seed | 0
    // As in the original: until the seed has reached every bit.
    for (let round = 0; round < 12; round++) this.next()
  }

  /** 32 bits, from 0. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** A whole number from 0 to `end` - 1. */
  below(end: number): number {
    return Math.floor((this.next() * end) / 0x1_0000_0000)
  }

  /** A whole number from `first` to `last`. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1)
  }

  /** True with a probability in percent. */
  chance(percent: number): boolean {
    return this.next() * 100 < percent * 0x1_0000_0000
  }

  /** @throws a RangeError for an empty list. */
  pick<T>(list: readonly T[]): T {
    const picked = list[this.below(list.length)]
    if (picked === undefined) throw new RangeError('The list is empty.')
    return picked
  }

  /** A UUID of version 4. */
  uuid(): string {
    const [a, b, c, d] = [this.next(), this.next(), this.next(), this.next()]
    return (
      `${hex(a >>> 16)}${hex(a)}-${hex(b >>> 16)}-${hex((b & 0x0fff) | 0x4000)}-` +
      `${hex((c & 0x3fff) | 0x8000)}-${hex(c >>> 16)}${hex(d >>> 16)}${hex(d)}`
    )
  }
}

/** The low 16 bits. A table, because UUIDs would take a fifth of the time of a song. */
const HEX = Array.from({ length: 0x1_0000 }, (_, value) => value.toString(16).padStart(4, '0'))
const hex = (value: number): string => HEX[value & 0xffff] ?? ''

/** A list to `pick` from, with each value repeated by its weight. */
export const weighted = <T>(weights: readonly (readonly [weight: number, value: T])[]): readonly T[] =>
  weights.flatMap(([weight, value]) => Array<T>(weight).fill(value))
