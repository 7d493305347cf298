import { syntheticSource } from '@/lib/imports/synthetic/source'

/** Which made-up catalogue the demo is. */
export const DEMO = { songs: 10_000, seed: 136 }

/** The source of everything in the demo catalogue. */
export const demoSource = syntheticSource(DEMO.songs, DEMO.seed)
