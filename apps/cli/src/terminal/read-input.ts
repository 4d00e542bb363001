import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { Failure, systemCode } from '../failure.js'

const SAID: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'may not be read',
}

/** Why a file cannot be used, as a failure to throw. */
export const unreadable = (path: string, error: unknown): Failure =>
  new Failure(`${path} ${SAID[systemCode(error) ?? ''] ?? 'cannot be read'}.`, {
    hint: 'Give the path of a file that can be read, or - for standard input.',
    cause: error,
  })

/** The text of a file, or of standard input for `-`; throws Failure when it cannot be read. */
export const readInput = async (path: string): Promise<string> => {
  try {
    return path === '-' ? await text(process.stdin) : await readFile(path, 'utf8')
  } catch (error) {
    throw unreadable(path, error)
  }
}
