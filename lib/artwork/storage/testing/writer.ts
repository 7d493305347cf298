import { createHash } from 'node:crypto'
import { FileStorage } from '@/lib/artwork/storage/files'

/** Writes pictures into the storage at its first argument until it is killed. */

const [, , root = ''] = process.argv
const storage = new FileStorage(root)
const bytes = Buffer.alloc(300_000, 'x')
for (let count = 0; ; count++) {
  const hash = createHash('sha256').update(`${process.pid} ${count}`).digest('hex')
  await storage.put(hash, [
    { name: '96.jpg', bytes },
    { name: '250.jpg', bytes },
  ])
  process.send?.(hash)
}
