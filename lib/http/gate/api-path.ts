/** Whether an address, as a request has it, is the API's. */
export const isApi = (url: string): boolean => /^\/api(?:[/?#]|$)/.test(url)

/** Whether it is of the reference, which is pages: the same for everybody, whoever asks. */
const isReference = (url: string): boolean => /^\/api\/docs(?:[/?#]|$)/.test(url)

/** Whether it goes through the gate. */
export const isGuarded = (url: string): boolean => isApi(url) && !isReference(url)
