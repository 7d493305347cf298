import { existsSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/**
 * Runs before every script that starts SyroMusic. Plain JavaScript without dependencies, because it must print an error, not
 * a stack trace, if Node.js is too old or `npm install` has not finished.
 */

const FILE = 'package-lock.json'
/** npm writes this list of installed packages at the end of an installation. */
const INSTALLED = 'node_modules/.package-lock.json'
/** The last step of `npm install` generates the Prisma client. */
const GENERATED = 'lib/db/generated/client.ts'

/**
 * Whether a Node.js version satisfies a range as `engines` has it: alternatives of `^20.19` and `>=24`.
 * @param {string} version such as `20.19.0`.
 * @param {string} range
 */
export function satisfies(version, range) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return range.split('||').some((alternative) => {
    const [, operator, wantedMajor, wantedMinor = 0] = /^\s*(\^|>=)(\d+)(?:\.(\d+))?\s*$/.exec(alternative) ?? []
    if (major === Number(wantedMajor)) return minor >= Number(wantedMinor)
    return operator === '>=' && major > Number(wantedMajor)
  })
}

/** @param {string} file */
const readPackages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

/** @param {string} root */
function isInstalled(root) {
  try {
    const installed = readPackages(path.join(root, INSTALLED))
    const wanted = Object.entries(readPackages(path.join(root, FILE)))
    // npm omits optional packages of other platforms, and development packages on request.
    const isComplete = wanted.every(([folder, { version, optional, dev, devOptional }]) => {
      const found = installed[folder]?.version
      return folder === '' || found === version || (found === undefined && (optional || dev || devOptional))
    })
    return isComplete && existsSync(path.join(root, GENERATED))
  } catch {
    return false
  }
}

/**
 * @param {{ root: string, version: string, platform: string }} where `root` has package.json.
 * @returns {string | undefined} why SyroMusic can't run here.
 */
export function findProblem({ root, version, platform }) {
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  if (platform === 'win32') return 'SyroMusic runs on Linux and macOS. On Windows, run it in WSL (wsl --install).'
  if (!satisfies(version, engines.node))
    return `SyroMusic needs Node.js ${engines.node.replaceAll('||', 'or')}. This is Node.js ${version}.`
  if (!isInstalled(root))
    return 'The packages are not completely installed. Run "npm install" and wait until it has finished.'
  return undefined
}

const self = fileURLToPath(import.meta.url)
if (realpathSync(process.argv[1] ?? '') === self) {
  const problem = findProblem({
    root: path.resolve(path.dirname(self), '..'),
    version: process.versions.node,
    platform: process.platform,
  })
  if (problem) console.error(problem)
  process.exitCode = problem ? 1 : 0
}
