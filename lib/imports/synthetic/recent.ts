import type { Random } from './random'

/** A bounded list of recent items. */
export class Recent<T> {
  readonly #items: T[] = []
  readonly #limit: number
  #next = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get size(): number {
    return this.#items.length
  }

  /** Replaces the oldest if the list is full. */
  add(item: T): void {
    this.#items[this.#next] = item
    this.#next = (this.#next + 1) % this.#limit
  }

  /** Replaces a random item that it beats if the list is full. Not to be mixed with `add`. */
  challenge(item: T, random: Random, beats: (item: T, other: T) => boolean): void {
    const place = this.size < this.#limit ? this.size : random.below(this.#limit)
    const other = this.#items[place]
    if (other === undefined || beats(item, other)) this.#items[place] = item
  }

  pick(random: Random): T | undefined {
    return this.#items[random.below(this.size)]
  }

  /** Up to `count` different items, in any order. */
  sample(count: number, random: Random): T[] {
    const items = [...this.#items]
    for (let index = 0; index < Math.min(count, items.length); index++) {
      const other = random.between(index, items.length - 1)
      const [a, b] = [items[index], items[other]]
      if (a !== undefined && b !== undefined) [items[index], items[other]] = [b, a]
    }
    return items.slice(0, count)
  }
}
