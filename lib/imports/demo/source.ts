import { syntheticSource } from '@/lib/imports/synthetic/source'

export const DEMO = { songs: 10_000, seed: 136 }

export const demoSource = syntheticSource(DEMO.songs, DEMO.seed)
