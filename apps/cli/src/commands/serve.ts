import type { Settings } from '@interwatt/platform'
import { type AddCommand, type CommandContext, examples } from '../command-context.js'
import { createClosers } from '../node/closers.js'
import { readSettings, type SettingFlags } from '../node/node-settings.js'
import { type ServedNode, serveNode } from '../node/serve-node.js'
import { stopSignal } from '../node/stop-signals.js'
import { jsonOption } from '../options.js'
import { pairLines } from '../terminal/table.js'

interface ServeFlags extends SettingFlags {
  readonly json?: true
}

/** Longest time for a clean stop, in milliseconds. */
const STOP_MS = 10_000

const addressesOf = (publicUrl: string, served: ServedNode) => ({
  ...(served.console ? { console: `${publicUrl}/` } : {}),
  ...(served.drive ? { driver_app: `${publicUrl}/drive` } : {}),
  operator_api: `${publicUrl}/api/v1`,
  reference: `${publicUrl}/api/v1/reference`,
  ocpi_versions: `${publicUrl}/ocpi/versions`,
  health: `${publicUrl}/health/ready`,
})

const announceAsJson = (context: CommandContext, settings: Settings, served: ServedNode): void =>
  context.screen.out(
    JSON.stringify({
      event: 'ready',
      role: settings.role,
      ...addressesOf(settings.publicUrl, served),
      ...(served.madeKey === undefined ? {} : { operator_key: served.madeKey }),
    }),
  )

/** Tells people where the node is; on standard error, because standard output carries the log. */
const announce = (context: CommandContext, settings: Settings, served: ServedNode): void => {
  const { screen } = context
  const addresses = addressesOf(settings.publicUrl, served)
  const lines = pairLines(
    [
      ...(addresses.console === undefined ? [] : [['Console', addresses.console] as const]),
      ...(addresses.driver_app === undefined ? [] : [['Driver app', addresses.driver_app] as const]),
      ['Operator API', addresses.operator_api],
      ['Reference', addresses.reference],
      ['OCPI versions', addresses.ocpi_versions],
      ['Health', addresses.health],
    ],
    Number.POSITIVE_INFINITY,
  )
  screen.note(`Interwatt serves on ${settings.host}:${settings.port} (role ${settings.role}).`)
  for (const line of lines) screen.note(`  ${line}`)
  if (served.madeKey !== undefined) {
    screen.note('')
    screen.note('Operator key, shown only this once; keep it:')
    screen.note(`  ${screen.notePaint.bold(served.madeKey)}`)
    screen.note('')
  }
  if (served.madeSecret && settings.databaseUrl !== null)
    screen.note(
      `INTERWATT_SECRET was made in ${settings.dataDir}. Other nodes on this database need the same one, and so does a new machine.`,
    )
}

const serve = async (context: CommandContext, flags: ServeFlags): Promise<void> => {
  const { screen } = context
  const settings = await readSettings(flags, context.environment, context.folder)
  const closers = createClosers()
  const signals = stopSignal()
  try {
    const starting = serveNode(settings, closers)
    const served = await Promise.race([starting, signals.stopped])
    if (typeof served === 'string') {
      // Stopped while starting: what is half open must be whole before it can be closed.
      await starting.catch(() => undefined)
    } else {
      if (flags.json) announceAsJson(context, settings, served)
      else announce(context, settings, served)
      await signals.stopped
    }
    if (!flags.json) screen.note('Stopping ...')
    await closeInTime(context, closers.close())
  } finally {
    await closers.close()
    signals.release()
  }
}

const closeInTime = async (context: CommandContext, closing: Promise<void>): Promise<void> => {
  const timer = setTimeout(() => {
    context.screen.note(`Not stopped within ${STOP_MS / 1000} s; ending now. Nothing acknowledged is lost.`)
    process.exit(1)
  }, STOP_MS)
  await closing
  clearTimeout(timer)
  context.screen.note('Stopped.')
}

/** `interwatt serve`: the node alone, with production settings. */
export const addServe: AddCommand = (program, context) => {
  program
    .command('serve')
    .summary('run a node with production settings')
    .description(
      'Runs a node: OCPI for partners, the operator API for your systems, the console for people. Without DATABASE_URL it keeps its data in an ' +
        'embedded PostgreSQL under the data folder. The first start prints an operator key, once. ' +
        'The log goes to standard output as JSON lines. SIGINT and SIGTERM stop it cleanly within 10 s.',
    )
    .option('--port <port>', 'listening port (PORT, default 8080)')
    .option('--host <host>', 'listening address (HOST, default 0.0.0.0)')
    .option('--role <role>', 'all, api or worker (ROLE, default all)')
    .option('--data-dir <folder>', 'embedded database and generated secrets (DATA_DIR, default ./data)')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `\nOther settings, from the environment or interwatt.config.json; all mistakes are reported at once:
  PUBLIC_URL              base of every URL given to partners, default http://localhost:PORT
  DATABASE_URL            PostgreSQL 15 or newer, default embedded under the data folder
  INTERWATT_API_KEY       first operator key, default generated and printed once
  INTERWATT_SECRET        encrypts partner tokens, default generated in the data folder
  ALLOW_PRIVATE_PARTNERS  true permits http and private addresses of partners, default false
  LOG_LEVEL               debug, info, warn, error or silent, default info`,
    )
    .addHelpText(
      'after',
      examples([
        ['serve', 'on port 8080 with an embedded database under ./data'],
        ['serve --port 9000 --data-dir /var/lib/interwatt', 'elsewhere'],
      ]) +
        '\n  $ PUBLIC_URL=https://ocpi.example.com DATABASE_URL=postgresql://... interwatt serve --role api\n' +
        '      one of several nodes behind a proxy',
    )
    .action((flags: ServeFlags) => serve(context, flags))
}
