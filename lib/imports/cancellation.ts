/** A run was ended by its signal. */
export class ImportCancelled extends Error {
  constructor() {
    super('Cancelled; nothing was changed.')
    this.name = 'ImportCancelled'
  }
}
