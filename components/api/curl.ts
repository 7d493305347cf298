/** A command that asks for an address, in a shell. @param options of curl, as they are written. */
export const curl = (address: string, options = ''): string =>
  `curl ${options && `${options} `}'${address.replaceAll("'", `'\\''`)}'`
