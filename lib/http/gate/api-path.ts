/** Whether an address belongs to the API. */
export const isApi = (url: string): boolean => /^\/api(?:[/?#]|$)/.test(url)

/** Whether it belongs to the reference, which consists of pages. */
const isReference = (url: string): boolean => /^\/api\/docs(?:[/?#]|$)/.test(url)

/** Whether requests to it pass the gate. */
export const isGuarded = (url: string): boolean => isApi(url) && !isReference(url)
