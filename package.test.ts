import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'

/** `npm ci` requires the lock to list each package of each platform, whichever machine wrote it. */

const Dependencies = z.record(z.string(), z.string()).default({})
const Package = z.object({
  version: z.string().optional(),
  integrity: z.string().optional(),
  /** A workspace, which is not downloaded. */
  link: z.boolean().optional(),
  dependencies: Dependencies,
  devDependencies: Dependencies,
  optionalDependencies: Dependencies,
})
const Lock = z.object({ packages: z.record(z.string(), Package) })

const read = (name: string): unknown => JSON.parse(readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8'))

const { packages } = Lock.parse(read('package-lock.json'))

/** The folder in which Node.js finds `name` from the package at `folder`: there, or above. */
function isLocked(folder: string, name: string): boolean {
  const above = folder
    .split('/node_modules/')
    .map((_, depth, names) => names.slice(0, depth + 1).join('/node_modules/'))
  return ['', ...above].some((at) => packages[`${at}${at && '/'}node_modules/${name}`] !== undefined)
}

test('every version is pinned exactly', () => {
  const loose = ['package.json', 'lib/api/clients/package.json']
    .map((file) => Package.parse(read(file)))
    .flatMap(({ dependencies, devDependencies }) => Object.entries({ ...dependencies, ...devDependencies }))
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
  expect(loose).toEqual([])
})

test('the lock holds the packages of every platform', () => {
  const missing = Object.entries(packages).flatMap(([folder, { optionalDependencies }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(folder, name)),
  )
  expect(missing).toEqual([])
})

// npm leaves the hash out of entries that it copies from an installed node_modules (`npm view NAME@VERSION dist.integrity`).
test('the lock has a hash of every package', () => {
  const downloaded = Object.entries(packages).filter(([folder, { link }]) => folder.includes('node_modules/') && !link)
  const unverified = downloaded.filter(([, { integrity }]) => !integrity)
  expect(unverified.map(([folder]) => folder)).toEqual([])
})
