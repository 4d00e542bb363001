import type { Node, Settings } from '@interwatt/platform'
import { Failure, systemCode } from '../failure.js'
import { productVersion } from '../product-version.js'
import { builtWeb } from './built-web.js'
import type { Closers } from './closers.js'
import { openNodeDatabase } from './open-database.js'
import { ensureOperatorKey } from './operator-key.js'

/** A served node with what has to be told about it. */
export interface ServedNode {
  readonly node: Node
  /** The operator key when one was made just now; shown once, stored nowhere. */
  readonly madeKey: string | undefined
  /** Whether the secret was made just now, in the data folder. */
  readonly madeSecret: boolean
  /** Whether it serves the console. */
  readonly console: boolean
  /** Whether it serves the driver's app. */
  readonly drive: boolean
}

const secretOf = async (settings: Settings): Promise<{ value: string; created: boolean }> => {
  if (settings.secret !== null) return { value: settings.secret, created: false }
  const { fileSecret } = await import('@interwatt/platform')
  try {
    return fileSecret(settings.dataDir, 'secret')
  } catch (cause) {
    throw new Failure(`The secret of this node cannot be kept in ${settings.dataDir}.`, {
      hint: 'Set DATA_DIR to a folder that can be written, or set INTERWATT_SECRET.',
      cause,
    })
  }
}

/** Why a node did not start, as a failure for people where it is one. */
export const startFailure = (error: unknown, settings: Pick<Settings, 'host' | 'port'>): unknown => {
  const code = systemCode(error)
  const place = `${settings.host}:${settings.port}`
  if (code === 'EADDRINUSE')
    return new Failure(`Port ${settings.port} is in use on ${settings.host}.`, {
      hint: 'Stop what uses it, or choose another one with --port or PORT.',
      cause: error,
    })
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
    return new Failure(`${place} cannot be listened on: ${code}.`, {
      hint: 'Choose another address with PORT and HOST; ports below 1024 often need rights.',
      cause: error,
    })
  return error
}

/** Starts a node as the settings say; everything is closed with the closers. Throws Failure. */
export const serveNode = async (settings: Settings, closers: Closers): Promise<ServedNode> => {
  const secret = await secretOf(settings)
  const log = (line: string): void => {
    if (settings.logLevel === 'debug') process.stderr.write(`${line}\n`)
  }
  const database = await openNodeDatabase({ ...settings, log }, closers)
  const { createNode } = await import('@interwatt/platform')
  try {
    const node = await createNode({
      settings,
      database,
      secret: secret.value,
      version: productVersion(),
      ...builtWeb(),
    })
    closers.add(() => node.close())
    const madeKey = await ensureOperatorKey(node, secret.value, settings.apiKey)
    const { consoleFolder, driveFolder } = settings.role === 'worker' ? {} : builtWeb()
    const console = settings.console && consoleFolder !== undefined
    const drive = settings.driverApp && driveFolder !== undefined
    return { node, madeKey, madeSecret: secret.created, console, drive }
  } catch (error) {
    throw startFailure(error, settings)
  }
}
