/** Thrown when the signal of an import aborts. */
export class ImportCancelled extends Error {
  constructor() {
    super('Cancelled; nothing was changed.')
    this.name = 'ImportCancelled'
  }
}
