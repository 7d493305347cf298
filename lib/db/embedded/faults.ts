import { AppError } from '@/lib/errors'

/** Messages for errors of the database's directory, by error code. They are for the person who started the site. */
const faults: Record<string, (place: string) => string> = {
  EACCES: (place) =>
    `This user may not use ${place}. Give it the right to, or set SYRO_DATA_DIR to a directory of its own.`,
  EPERM: (place) =>
    `This user may not use ${place}. Give it the right to, or set SYRO_DATA_DIR to a directory of its own.`,
  EROFS: (place) => `${place} can only be read. Set SYRO_DATA_DIR to a directory that can be written.`,
  ENOSPC: (place) => `The disk that holds ${place} is full. Make room, then start again: nothing is lost.`,
  EDQUOT: (place) => `The disk quota for ${place} is used up. Make room, then start again: nothing is lost.`,
  ENOTDIR: (place) => `${place} can't be a directory: a part of its path is a file. Set SYRO_DATA_DIR to another.`,
  EEXIST: (place) => `${place} can't be a directory: there is a file of that name. Set SYRO_DATA_DIR to another.`,
}

/** The error codes of messages of PostgreSQL's programs. */
const messages: [RegExp, string][] = [
  [/No space left on device/, 'ENOSPC'],
  [/Disk quota exceeded/, 'EDQUOT'],
  [/Read-only file system/, 'EROFS'],
  [/Permission denied|has wrong ownership|Operation not permitted/, 'EACCES'],
]

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** Runs `work` on `place`, and explains file system errors. */
export async function explainFileErrors<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const fault = faults[codeOf(error) ?? '']
    throw fault ? new AppError('unavailable', fault(place), { cause: error }) : error
  }
}

/** The error for a PostgreSQL program that failed, from its output. */
export function explain(doing: string, place: string, output: string): AppError {
  const code = messages.find(([pattern]) => pattern.test(output))?.[1]
  const fault = code && faults[code]
  if (fault) return new AppError('unavailable', fault(place), { cause: output })
  const complaint =
    /(?:FATAL|PANIC|initdb: error|error): *(.+)/.exec(output)?.[1] ?? (output.trim() || 'It printed no message.')
  return new AppError('unavailable', `PostgreSQL could not ${doing} in ${place}: ${complaint}`, { cause: output })
}
