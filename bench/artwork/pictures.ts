import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { Random } from '@/lib/imports/synthetic/random'

/** The side of a generated cover in pixels, as sources have it. */
export const SIDE = 1_200
/** Fields of colour per side, blurred into each other. */
const FIELDS = 24

/**
 * Writes covers for the albums from id 1, as `1.jpg`, …: fields of colour with grain over them, which take as long to
 * encode as photographs do. The same each time.
 */
export async function writeCovers(folder: string, count: number): Promise<void> {
  for (let id = 1; id <= count; id++) {
    const random = new Random(id)
    const fields = Uint8Array.from({ length: FIELDS * FIELDS * 3 }, () => random.below(256))
    const grain = Uint8Array.from({ length: SIDE * SIDE * 3 }, () => 112 + random.below(32))
    const blurred = await sharp(fields, { raw: { width: FIELDS, height: FIELDS, channels: 3 } })
      .resize(SIDE, SIDE, { kernel: 'cubic' })
      .composite([{ input: Buffer.from(grain), raw: { width: SIDE, height: SIDE, channels: 3 }, blend: 'soft-light' }])
      .jpeg({ quality: 90 })
      .toBuffer()
    await writeFile(path.join(folder, `${id}.jpg`), blurred)
  }
}
