import type { Command } from 'commander'
import type { CommandContext } from '../command-context.js'
import { Failure } from '../failure.js'
import { jsonOption } from '../options.js'
import { connectOperator, type OperatorConnection } from './connection.js'

/** Options of every command that talks to a running node. */
export interface ConnectionFlags {
  readonly url?: string
  readonly key?: string
  readonly json?: true
}

const DEFAULT_URL = 'http://localhost:8080'

/** Adds `--url`, `--key` and `--json`. */
export const withConnection = (command: Command): Command =>
  command
    .option('--url <url>', `address of the node (INTERWATT_URL, default ${DEFAULT_URL})`)
    .option('--key <key>', 'operator key (better INTERWATT_API_KEY: arguments are seen by others)')
    .addOption(jsonOption())

/** The node that options and environment name; throws Failure when there is no key. */
export const connectionFrom = (context: CommandContext, flags: ConnectionFlags): OperatorConnection => {
  const key = flags.key ?? context.environment.INTERWATT_API_KEY
  if (key === undefined || key === '')
    throw new Failure('An operator key is needed to talk to a node.', {
      hint: 'Set INTERWATT_API_KEY or pass --key. "interwatt serve" prints the key at its first start.',
      exitCode: 2,
    })
  return connectOperator({ url: flags.url ?? context.environment.INTERWATT_URL ?? DEFAULT_URL, key })
}
