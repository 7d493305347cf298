/** A curl command for a shell. @param options of curl, quoted where necessary. */
export const curl = (address: string, options = ''): string =>
  `curl ${options && `${options} `}'${address.replaceAll("'", `'\\''`)}'`
