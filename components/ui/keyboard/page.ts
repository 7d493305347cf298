import { type Arrow, stepFrom } from './walk'

/** The focus in the lists and grids of the page, which are marked `data-walk`. */

/** The first link of an item is its own. Other links, such as credits, are reached with Tab. */
const linkOf = (item: Element) => item.querySelector('a')

const itemsOf = (list: Element) => [...(list.querySelector('tbody') ?? list).children].filter(linkOf)

/** The list with the focus, its items and the index of the focused one; null if the focus is elsewhere. */
export function currentWalk(): { kind: 'list' | 'grid'; items: Element[]; index: number } | null {
  const list = document.activeElement?.closest('[data-walk]')
  if (!list) return null
  const items = itemsOf(list)
  const index = items.findIndex((item) => item.contains(document.activeElement))
  return index === -1 ? null : { kind: list.matches('[data-walk="grid"]') ? 'grid' : 'list', items, index }
}

/** Moves the focus by an arrow key. @returns whether there is an item in that direction. */
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

/** Opens the next or previous page of a list. @returns whether there is one. */
export function followTurn(rel: 'next' | 'prev'): boolean {
  const link = document.querySelector<HTMLAnchorElement>(`a[rel="${rel}"]`)
  link?.click()
  return Boolean(link)
}

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
