import { Fragment, isValidElement, type ReactNode } from 'react'

/**
 * Elements as HTML text, in one pass. React would draw the rows of a page three times over: as data for the browser, as
 * elements again from that data, and as HTML from these. Only what no script will ever touch may be drawn like this, and
 * only with what is named here; anything else is an error, so that nothing is drawn differently from how React would.
 */

/** Attributes by their names in JSX. Beside them there are `aria-…` and `data-…`. */
const attributes: Record<string, string> = {
  className: 'class',
  dir: 'dir',
  href: 'href',
  id: 'id',
  rel: 'rel',
  scope: 'scope',
  tabIndex: 'tabindex',
  title: 'title',
}
const isOpenAttribute = (name: string): boolean => name.startsWith('aria-') || name.startsWith('data-')

/** Elements that are never closed are few, and none stands in a row. */
const elements = new Set(
  'a abbr b bdi caption code dd details div dl dt em figure h2 h3 i li mark ol p pre section small span strong sub summary sup svg table tbody td th thead time tr ul use'.split(
    ' ',
  ),
)

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' }
const SPECIAL = /[&<>"']/
const escaped = (text: string): string =>
  SPECIAL.test(text) ? text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign) : text

/**
 * The HTML of what is built of the elements named here and of components that are plain functions.
 * @throws for anything else: a client component, a hook, a promise, a handler, an unknown attribute, a foreign link.
 */
export function markupOf(node: ReactNode): string {
  if (typeof node === 'string') return escaped(node)
  if (node === null || node === undefined || typeof node === 'boolean') return ''
  if (typeof node === 'number') return String(node)
  if (Array.isArray(node)) {
    let markup = ''
    for (const child of node) markup += markupOf(child)
    return markup
  }
  if (!isValidElement<Record<string, unknown> & { children?: ReactNode }>(node)) throw new Error('This has no markup')
  const { type, props } = node
  if (type === Fragment) return markupOf(props.children)
  if (typeof type === 'function') return markupOf(drawn(type, props))
  if (typeof type !== 'string' || !elements.has(type)) throw new Error(`<${String(type)}> has no markup`)
  let opening = `<${type}`
  for (const name in props) if (name !== 'children') opening += attribute(name, props[name])
  return `${opening}>${markupOf(props.children)}</${type}>`
}

/** React's types also allow classes, which nothing here is. */
const drawn = (component: unknown, props: object): ReactNode => (component as (props: object) => ReactNode)(props)

function attribute(name: string, value: unknown): string {
  const open = isOpenAttribute(name)
  if (value === undefined || value === null) return ''
  const written = open ? name : attributes[name]
  if (!written) throw new Error(`The attribute ${name} has no markup`)
  if (typeof value !== 'string' && typeof value !== 'number' && !(open && typeof value === 'boolean'))
    throw new Error(`The attribute ${name} can't be ${typeof value}`)
  const text = String(value)
  if (name === 'href' && !/^[/#](?!\/)/.test(text)) throw new Error(`${text} leads away`)
  return ` ${written}="${escaped(text)}"`
}
