import { applyChange, currentChange } from './recent'

/** Applies a change, as one that the log reports. */
export const change = (...names: string[]): void =>
  applyChange({ number: currentChange() + 1, changedAt: Date.now(), names })
