import { describe, expect, test } from 'vitest'
import { languages } from './languages'

const range = (size: number): number[] => Array.from({ length: size }, (_, index) => index)

/** Repeated texts with their counts. */
function repeated(texts: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return new Map([...counts].filter(([, count]) => count > 1))
}

describe.each(languages.map((language, index) => ({ name: language.titles.templates[0]?.at(0) ?? index, language })))(
  'the vocabulary of "$name"',
  ({ language }) => {
    test('gives every person a different name', () => {
      for (const people of language.people)
        expect(repeated(range(people.size).map((index) => people.at(index).name))).toEqual(new Map())
    })

    test('makes a different text for each choice of words', () => {
      const templates = new Set([...language.groups.templates, ...language.titles.templates])
      for (const template of templates)
        expect(repeated(range(Math.min(template.size, 20_000)).map((index) => template.at(index)))).toEqual(new Map())
    })

    test('fills every slot with a word', () => {
      for (const template of [...language.titles.templates, ...language.groups.templates, ...language.live.templates])
        expect(template.at(template.size - 1)).not.toMatch(/[{}]|^\s|\s$|\s\s|undefined/)
    })
  },
)
