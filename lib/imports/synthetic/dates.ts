import type { Day } from './profile'
import type { Random } from './random'

/** A day's number, with months of 28 days, so that every day exists in every year. */
const ordinal = ({ year, month, day }: Day): number => (year * 12 + month - 1) * 28 + day - 1

/** A random day in one of the equal parts, numbered from 0, of a period. */
export function dayWithin(first: Day, last: Day, part: number, parts: number, random: Random): Day {
  const start = ordinal(first)
  const days = ordinal(last) - start
  const number = start + random.between(Math.floor((days * part) / parts), Math.floor((days * (part + 1)) / parts))
  const month = Math.floor(number / 28)
  return { year: Math.floor(month / 12), month: (month % 12) + 1, day: (number % 28) + 1 }
}

/** The same day some months earlier. */
export function monthsBefore({ year, month, day }: Day, months: number): Day {
  const number = year * 12 + month - 1 - months
  return { year: Math.floor(number / 12), month: (number % 12) + 1, day }
}

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`)

/** A date as precise as a source may know it: the day, the month, the year or nothing. */
export function known({ year, month, day }: Day, random: Random): string | null {
  const luck = random.below(100)
  if (luck < 62) return `${year}-${two(month)}-${two(day)}`
  if (luck < 71) return `${year}-${two(month)}`
  return luck < 93 ? `${year}` : null
}
