import type { Command } from 'commander'
import type { Screen } from './terminal/screen.js'

/** What every command works with. */
export interface CommandContext {
  readonly screen: Screen
  readonly environment: NodeJS.ProcessEnv
  /** Folder the command runs in. */
  readonly folder: string
  /** Set by a command that ended other than well: 0 well, 1 not, 2 used wrongly. */
  exitCode: number
}

/** Adds one command to the program. */
export type AddCommand = (program: Command, context: CommandContext) => void

/** Lines of examples for the end of a help page. */
export const examples = (lines: readonly (readonly [command: string, does: string])[]): string =>
  [
    '',
    'Examples:',
    ...lines.flatMap(([command, does]) => [`  $ interwatt ${command}`, `      ${does}`]),
  ].join('\n')
