import type { BreadcrumbList, SearchAction, WebSite, WithContext } from 'schema-dts'

/** A step of the way to a page: its name and its path. */
export type Crumb = { name: string; path: string }

/** The way from the home page, which `crumbs` leaves out, to a page, which is the last of them. */
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

/** Google's name for the place of the words in the address, which schema.org's types don't have. */
type Search = SearchAction & { 'query-input': string }

/** The site as a whole, and how it is searched. */
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
 * JSON-LD as it stands inside `<script type="application/ld+json">`. A script element ends at the first `</script`,
 * even inside a JSON string, and `<!--` changes how it is read; so no `<` is left.
 */
export const serializeJsonLd = (data: object): string => JSON.stringify(data).replaceAll('<', '\\u003c')
