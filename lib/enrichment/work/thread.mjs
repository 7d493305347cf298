import { register } from 'tsx/esm/api'

/** A thread does not get its loader of TypeScript from the one that starts it. */
register()
await import('./thread.ts')
