/** A person's name as printed, as sorted (in Latin script), and in short. */
export type PersonName = { name: string; sortName: string; short: string }

/** Names and their Latin forms in the same order. */
type Names = readonly [native: readonly string[], latin: readonly string[]]

/** All combinations of given and family names. */
export class People {
  readonly size: number
  readonly #given: Names
  readonly #family: Names
  readonly #familyFirst: boolean

  constructor(given: Names, family: Names, familyFirst: boolean) {
    this.#given = given
    this.#family = family
    this.#familyFirst = familyFirst
    this.size = given[0].length * family[0].length
  }

  /** The person with this number, from 0 to `size` - 1. */
  at(index: number): PersonName {
    const first = index % this.#given[0].length
    const last = Math.floor(index / this.#given[0].length)
    const [given = '', givenLatin = ''] = [this.#given[0][first], this.#given[1][first]]
    const [family = '', familyLatin = ''] = [this.#family[0][last], this.#family[1][last]]
    return {
      name: this.#familyFirst ? family + given : `${given} ${family}`,
      sortName: `${familyLatin}, ${givenLatin}`,
      short: this.#familyFirst ? given : `${given.charAt(0)}. ${family}`,
    }
  }
}
