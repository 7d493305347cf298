/** Whether an address, as a request has it, is the API's. */
export const isApi = (url: string): boolean => /^\/api(?:[/?#]|$)/.test(url)
