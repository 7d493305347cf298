import { Fragment, isValidElement, type ReactNode } from 'react'

/**
 * Renders elements to HTML in one pass. React would process the rows of a page three times: as data for the browser, as
 * elements from that data, and as HTML from those. Only markup without scripts can be rendered like this, and only the
 * elements and attributes below. Anything else is an error, so that the HTML is always what React would render.
 */

/** HTML attributes by their names in JSX. `aria-…` and `data-…` are allowed too. */
const attributes: Record<string, string> = {
  alt: 'alt',
  className: 'class',
  decoding: 'decoding',
  dir: 'dir',
  fetchPriority: 'fetchPriority',
  height: 'height',
  href: 'href',
  id: 'id',
  loading: 'loading',
  rel: 'rel',
  scope: 'scope',
  sizes: 'sizes',
  src: 'src',
  srcSet: 'srcSet',
  style: 'style',
  tabIndex: 'tabindex',
  title: 'title',
  type: 'type',
  width: 'width',
}
const isOpenAttribute = (name: string): boolean => name.startsWith('aria-') || name.startsWith('data-')

const elements = new Set(
  'a abbr b bdi caption code dd details div dl dt em figure h2 h3 i img li mark ol p picture pre section small source span strong sub summary sup svg table tbody td th thead time tr ul use'.split(
    ' ',
  ),
)

const isVoid = (element: string): boolean => element === 'img' || element === 'source'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' }
const SPECIAL = /[&<>"']/
const escaped = (text: string): string =>
  SPECIAL.test(text) ? text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign) : text

/**
 * Renders the elements above, and components that are plain functions of them.
 * @throws for anything else: a client component, a hook, a promise, a handler, an unknown attribute, a link to another site.
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
  return isVoid(type) ? `${opening}/>` : `${opening}>${markupOf(props.children)}</${type}>`
}

/** React's types also allow class components, which this project does not use. */
const drawn = (component: unknown, props: object): ReactNode => (component as (props: object) => ReactNode)(props)

function attribute(name: string, value: unknown): string {
  const open = isOpenAttribute(name)
  if (value === undefined || value === null) return ''
  const written = open ? name : attributes[name]
  if (!written) throw new Error(`The attribute ${name} has no markup`)
  if (name === 'style') return ` style="${escaped(styleOf(value))}"`
  if (typeof value !== 'string' && typeof value !== 'number' && !(open && typeof value === 'boolean'))
    throw new Error(`The attribute ${name} can't be ${typeof value}`)
  const text = String(value)
  if (name === 'href' && !/^[/#](?!\/)/.test(text)) throw new Error(`${text} leads away`)
  if (name === 'src' && !LOCAL_PATH.test(text)) throw new Error(`${text} is elsewhere`)
  if (name === 'srcSet' && !text.split(', ').every((source) => LOCAL_PATH.test(source)))
    throw new Error(`${text} is elsewhere`)
  return ` ${written}="${escaped(text)}"`
}

/** A path on this site. */
const LOCAL_PATH = /^\/(?!\/)/

/** The styles allowed: those of a picture placeholder. */
const styles: Record<string, { property: string; value: RegExp }> = {
  backgroundColor: { property: 'background-color', value: /^#[0-9a-f]{6}$/ },
  backgroundImage: { property: 'background-image', value: /^url\(data:image\/webp;base64,[A-Za-z0-9+/=]+\)$/ },
}

function styleOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) throw new Error('This style has no markup')
  return Object.entries(value)
    .map(([name, value]) => {
      const style = styles[name]
      if (!style || typeof value !== 'string' || !style.value.test(value)) throw new Error(`${name} has no markup`)
      return `${style.property}:${value}`
    })
    .join(';')
}
