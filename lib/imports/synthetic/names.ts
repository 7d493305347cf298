import type { Language } from './languages/language'
import type { PersonName } from './languages/people'
import type { Random } from './random'

/** A name, and whether other artists have it too. */
export type Name = { name: string; sortName?: string; short: string; common: boolean }

/** Numbered names. */
type Source<T> = { size: number; at(index: number): T }

/** Names of lists shorter than this will repeat: "Nova", "The Echoes". */
const FEW = 256

/**
 * The names of a language's artists. Each template and each set of people yields all its names, in a scattered order, before
 * it repeats one.
 */
export class Names {
  /** The number of each source's first name, and of the names it gave. */
  readonly #given = new Map<unknown, { first: number; count: number }>()

  constructor(
    readonly language: Language,
    readonly random: Random,
  ) {}

  group(): Name {
    const template = this.random.pick(this.language.groups.templates)
    const { value: name, common } = this.#next(template)
    return { name, short: name, common: common || template.size < FEW }
  }

  orchestra(): Name {
    const { value: name, common } = this.#next(this.language.orchestras)
    return { name, short: name, common }
  }

  choir(): Name {
    const { value: name, common } = this.#next(this.language.choirs)
    return { name, short: name, common }
  }

  person(): Name {
    const { value, common } = this.#next(this.random.pick(this.language.people))
    return { ...value, common }
  }

  #next<T>(source: Source<T>): { value: T; common: boolean } {
    const position = this.#given.get(source) ?? { first: this.random.below(source.size), count: 0 }
    this.#given.set(source, position)
    const value = source.at((position.first + position.count * strideOf(source.size)) % source.size)
    return { value, common: position.count++ >= source.size }
  }
}

/** A writer's name for a composer line. Writers are not artists, so their names may repeat. */
export function writer(language: Language, random: Random): PersonName {
  const people = random.pick(language.people)
  return people.at(random.below(people.size))
}

/** A step that visits every number below `size`, each far from the previous: the golden section, made coprime. */
function strideOf(size: number): number {
  let stride = Math.max(1, Math.round(size * 0.618))
  while (gcd(stride, size) !== 1) stride++
  return stride
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))
