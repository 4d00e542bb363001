import { CommanderError } from 'commander'
import type { CommandContext } from './command-context.js'
import { Failure, reasonOf } from './failure.js'
import { createProgram } from './program.js'
import { findingLines } from './terminal/finding-lines.js'
import { processScreen, type Screen } from './terminal/screen.js'

/** A reader such as `head` that has seen enough is no failure. */
const endQuietlyOnClosedPipe = (): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1)
  })
}

const report = (screen: Screen, failure: Failure, asJson: boolean): void => {
  const { message, hint, findings } = failure
  if (asJson) {
    const error = {
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(findings.length === 0 ? {} : { findings }),
    }
    screen.note(JSON.stringify({ error }))
    return
  }
  screen.note(`${screen.notePaint.red('error:')} ${message}`)
  for (const finding of findings)
    for (const line of findingLines(finding, screen.notePaint)) screen.note(`  ${line}`)
  if (hint !== undefined) screen.note(hint)
}

/** Runs one command line (without node and script); answers the exit code: 0 well, 1 not, 2 used wrongly. */
export const main = async (args: readonly string[]): Promise<number> => {
  endQuietlyOnClosedPipe()
  const screen = processScreen()
  const context: CommandContext = { screen, environment: process.env, folder: process.cwd(), exitCode: 0 }
  const asJson = args.includes('--json')
  try {
    await createProgram(context).parseAsync([...args], { from: 'user' })
    return context.exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof Failure) {
      report(screen, error, asJson)
      return error.exitCode
    }
    const hint =
      'This looks like a mistake of Interwatt. Run it again with INTERWATT_DEBUG=1 and report what it prints.'
    report(screen, new Failure(reasonOf(error), { hint }), asJson)
    if (process.env.INTERWATT_DEBUG !== undefined && error instanceof Error) screen.note(error.stack ?? '')
    return 1
  }
}
