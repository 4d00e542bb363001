import type { Settings } from '@interwatt/platform'
import { Failure } from '../failure.js'

/** Options of the command line that stand above environment and file. */
export interface SettingFlags {
  readonly port?: string
  readonly host?: string
  readonly role?: string
  readonly dataDir?: string
}

const overrides = (flags: SettingFlags): Readonly<Record<string, string>> => {
  const { port, host, role, dataDir } = flags
  const named = { PORT: port, HOST: host, ROLE: role, DATA_DIR: dataDir }
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** Settings from options, environment and `interwatt.config.json`; throws one Failure with every mistake. */
export const readSettings = async (
  flags: SettingFlags,
  environment: NodeJS.ProcessEnv,
  folder: string,
): Promise<Settings> => {
  const { parseSettings, settingsSource } = await import('@interwatt/platform')
  const { source, errors: fileErrors } = settingsSource(environment, folder)
  const result = parseSettings({ ...source, ...overrides(flags) }, { host: '0.0.0.0', allowPrivate: false })
  const errors = [...fileErrors, ...(result.kind === 'errors' ? result.errors : [])]
  if (result.kind === 'settings' && errors.length === 0) return result.settings
  const lines = errors.map((error) => `  ${error}`).join('\n')
  throw new Failure(`The settings are not right:\n${lines}`, {
    hint: 'Settings come from options, the environment and interwatt.config.json, in this order. See docs/settings.md.',
    exitCode: 2,
  })
}
