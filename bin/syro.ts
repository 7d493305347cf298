import process from 'node:process'

/** Where the command line starts. The environment is read first, so that what is wrong with it is a sentence. */
try {
  await import('@/lib/env')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
await import('./commands')
