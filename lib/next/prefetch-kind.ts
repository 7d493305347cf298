/** The router's option to fetch a whole page ahead of a visit. Its type is public and its values are not. */
export { PrefetchKind } from 'next/dist/client/components/router-reducer/router-reducer-types'
