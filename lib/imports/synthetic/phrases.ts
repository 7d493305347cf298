import type { Random } from './random'
import { weighted } from './random'

/** Word lists by name, and weights of templates such as "{adjective} {noun}". */
export type Words = Record<string, readonly string[]>
export type Templates = Record<string, number>

/** Splits words at commas. */
export const list = (text: string): string[] => text.split(',').map((word) => word.trim())

/** Splits words with two forms, "blanc/blanche, noir/noire", into two lists in the same order. */
export function pairs(text: string): [string[], string[]] {
  const both = list(text).map((word) => word.split('/'))
  return [both.map(([first = '']) => first), both.map(([first = '', second = first]) => second)]
}

/** A slot for a word. `after` is the previous slot with the same list, if any. */
type Slot = { words: readonly string[]; choices: number; after: number; literal: string }

/** A template: its text and its word lists. */
export class Template {
  /** The number of its texts. */
  readonly size: number
  readonly #start: string
  readonly #slots: Slot[]

  /** @throws Error for a list that `words` lacks. */
  constructor(template: string, words: Words) {
    // Splitting by a group alternates the text between matches and the group.
    const [start = '', ...parts] = template.split(/\{(\w+)\}/)
    const names = parts.filter((_, index) => index % 2 === 0)
    const literals = parts.filter((_, index) => index % 2 === 1)
    this.#start = start
    this.#slots = names.map((name, index) => {
      const list = words[name]
      if (!list) throw new Error(`"${template}" names a list of words that there isn't: ${name}`)
      const after = names.lastIndexOf(name, index - 1)
      const repeated = index > 0 && after >= 0
      // A word is not repeated: "Rain and Rain".
      const choices = list.length - (repeated ? 1 : 0)
      return { words: list, choices, after: repeated ? after : -1, literal: literals[index] ?? '' }
    })
    this.size = this.#slots.reduce((size, { choices }) => size * choices, 1)
  }

  pick(random: Random): string {
    return this.#text((slot) => random.below(slot.choices))
  }

  /** The text with this number, from 0. Every number below `size` has different words. */
  at(index: number): string {
    let rest = index
    return this.#text(({ choices }) => {
      const choice = rest % choices
      rest = Math.floor(rest / choices)
      return choice
    })
  }

  #text(choose: (slot: Slot) => number): string {
    const taken: number[] = []
    let text = this.#start
    for (const slot of this.#slots) {
      const before = taken[slot.after]
      const choice = choose(slot)
      const place = before === undefined ? choice : (before + 1 + choice) % slot.words.length
      taken.push(place)
      text += (slot.words[place] ?? '') + slot.literal
    }
    return capitalised(text)
  }
}

/** Texts from templates. */
export class Phrases {
  readonly templates: readonly Template[]

  constructor(words: Words, templates: Templates) {
    this.templates = weighted(
      Object.entries(templates).map(([template, weight]) => [weight, new Template(template, words)]),
    )
  }

  pick(random: Random): string {
    return random.pick(this.templates).pick(random)
  }
}

/** Capitalises a text, without the machine's locale. */
function capitalised(text: string): string {
  const first = text.codePointAt(0) ?? 0
  // Most texts start with a capital already, or in a script without capitals.
  return first >= 0x61 && first < 0x530 ? text.charAt(0).toUpperCase() + text.slice(1) : text
}
