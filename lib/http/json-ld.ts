import type { BreadcrumbList, SearchAction, WebSite, WithContext } from 'schema-dts'

/** A breadcrumb: the name and the path of a page. */
export type Crumb = { name: string; path: string }

/** The breadcrumbs of a page, from the home page, which `crumbs` leaves out, to the page itself. */
export function breadcrumbJsonLd(crumbs: Crumb[], origin: string): WithContext<BreadcrumbList> {
  return {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: [{ name: 'Home', path: '/' }, ...crumbs].map(({ name, path }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: new URL(path, origin).href,
    })),
  }
}

/** Google's property for the search words in the address; schema.org's types lack it. */
type Search = SearchAction & { 'query-input': string }

/** The site, and how to search it. */
export function websiteJsonLd(origin: string): WithContext<WebSite> {
  const search: Search = {
    '@type': 'SearchAction',
    target: { '@type': 'EntryPoint', urlTemplate: `${origin}/search?q={search_term_string}` },
    'query-input': 'required name=search_term_string',
  }
  return {
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    '@id': `${origin}/`,
    url: `${origin}/`,
    name: 'SyroMusic',
    potentialAction: search,
  }
}

/**
 * JSON-LD for `<script type="application/ld+json">`. A script element ends at the first `</script`, even inside a JSON
 * string, and `<!--` changes how it is parsed, so every `<` is escaped.
 */
export const serializeJsonLd = (data: object): string => JSON.stringify(data).replaceAll('<', '\\u003c')
