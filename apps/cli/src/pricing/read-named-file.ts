import { Failure } from '../failure.js'
import { readInput } from '../terminal/read-input.js'

/** The text of a file, or of standard input for `-`. What cannot be read is wrong usage: Failure with exit code 2. */
export const readNamedFile = async (path: string): Promise<string> => {
  try {
    return await readInput(path)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const hint = error.hint === undefined ? {} : { hint: error.hint }
    throw new Failure(error.message, { ...hint, exitCode: 2, cause: error })
  }
}
