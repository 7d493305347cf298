import { type Arrow, stepFrom } from './walk'

/** What the keys find and do on the page shown. Lists and grids are marked `data-walk`. */

/** Each item's own link comes first in it; others, such as credits, are reached by Tab. */
const linkOf = (item: Element) => item.querySelector('a')

const itemsOf = (list: Element) => [...(list.querySelector('tbody') ?? list).children].filter(linkOf)

/** The list that the focus is in, its items and which of them has it; null elsewhere. */
export function currentWalk(): { kind: 'list' | 'grid'; items: Element[]; index: number } | null {
  const list = document.activeElement?.closest('[data-walk]')
  if (!list) return null
  const items = itemsOf(list)
  const index = items.findIndex((item) => item.contains(document.activeElement))
  return index === -1 ? null : { kind: list.matches('[data-walk="grid"]') ? 'grid' : 'list', items, index }
}

/** Moves the focus to the item that an arrow leads to. @returns whether there is one. */
export function walk(arrow: Arrow): boolean {
  const here = currentWalk()
  const sideways = arrow === 'ArrowLeft' || arrow === 'ArrowRight'
  if (!here || (sideways && here.kind === 'list')) return false
  const boxes = here.items.map((item) => item.getBoundingClientRect())
  const rightToLeft = getComputedStyle(document.documentElement).direction === 'rtl'
  const next = stepFrom(here.index, boxes, arrow, rightToLeft)
  return next !== null && focus(here.items[next])
}

/** Moves the focus to the first item of the first list in view or below. */
export function enterList(): boolean {
  const lists = [...document.querySelectorAll('[data-walk]')].flatMap(itemsOf)
  return focus(lists.find((item) => item.getBoundingClientRect().top >= 0))
}

function focus(item: Element | undefined): boolean {
  const link = item && linkOf(item)
  link?.focus()
  item?.scrollIntoView({ block: 'nearest' })
  return Boolean(link)
}

/** Goes to the next or the previous page of a list, where there is one. */
export function followTurn(rel: 'next' | 'prev'): boolean {
  const link = document.querySelector<HTMLAnchorElement>(`a[rel="${rel}"]`)
  link?.click()
  return Boolean(link)
}

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
