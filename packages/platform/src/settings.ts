import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isJsonObject, type PartyId, parseUrl, partyOf } from '@interwatt/protocol'
import { type MapStyle, readMapStyle } from './map-style.rules.js'

/** How a node runs. Every value can come from the environment or from `interwatt.config.json`. */
export interface Settings {
  readonly port: number
  readonly host: string
  /** Base of every URL given to partners, without trailing slash. */
  readonly publicUrl: string
  /** PostgreSQL address; null starts the embedded server under `dataDir`. */
  readonly databaseUrl: string | null
  readonly dataDir: string
  /** First operator key; null generates one at first start. */
  readonly apiKey: string | null
  readonly secret: string | null
  readonly allowPrivatePartners: boolean
  readonly role: 'all' | 'api' | 'worker'
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Seconds a partner may wait for the result of a command we received. */
  readonly commandTimeoutS: number
  /** Requests for charging profiles that a Sender may make for one session in a minute (CP-008). */
  readonly profilesPerMinute: number
  /** Seconds a CPO may leave a booking request of ours undecided before it is asked and the booking cancelled (BKG-036). */
  readonly bookingDecisionS: number
  /** Milliseconds a partner has to answer a real-time authorization before the fallback applies. */
  readonly authorizationTimeoutMs: number
  /** Days that events, decisions and finished commands are kept; object state is never dropped. */
  readonly historyDays: number
  /** Days that a replaced state of a tariff is kept, for pricing and auditing sessions of its time (TAR-004). */
  readonly tariffHistoryDays: number
  /** Whether OCPI messages are recorded for operators. */
  readonly recordMessages: boolean
  /** Days that recorded messages are kept. */
  readonly messageDays: number
  /** Space that recorded messages may take in the database, in gigabytes of 10^9 bytes. */
  readonly messageGigabytes: number
  /** Days that statuses of EVSEs are kept, beside the present one. */
  readonly statusHistoryDays: number
  /** Seconds after which a partner nothing was asked of is asked for its versions; 0 asks nobody. */
  readonly partnerProbeS: number
  /** Whether `X-Forwarded-For` of a proxy in front is believed. */
  readonly trustProxy: boolean
  /** Whether the console is served at `/`. */
  readonly console: boolean
  /** Hours after which a sign-in to the console ends. */
  readonly consoleSessionHours: number
  /** Whether drivers are served: the driver app at `/drive` and its API. */
  readonly driverApp: boolean
  /** The eMSP whose drivers these are, as `DE*ABC`; null takes the only eMSP that is hosted. */
  readonly driverParty: PartyId | null
  /** Lets anyone drive as the one test driver of a demonstration. */
  readonly driverDemo: boolean
  /** Days after which a sign-in of the driver app ends. */
  readonly driverSessionDays: number
  /** The map that stations are drawn on in web apps; null for the outlines that come with them. */
  readonly mapStyle: MapStyle | null
  /** How many times faster than the clock the demonstration runs, as the driver app says it; null when it does not. */
  readonly driverDemoSpeed: number | null
  /** Currency that drivers think in. */
  readonly driverCurrency: string
  /** Calls of the driver API that one address may make in a minute without being signed in. */
  readonly driverCallsPerMinute: number
  /** Mail server for sign-in codes, with name and password where it wants them; null sends no mail. */
  readonly smtpUrl: string | null
  /** Sender of mails. */
  readonly mailFrom: string | null
  /** Where drivers get help. */
  readonly supportEmail: string | null
  readonly supportPhone: string | null
  /** Seconds a replaced credentials token stays valid (CRD-047). */
  readonly tokenGraceS: number
}

/** Settings, or every mistake in them. */
export type SettingsResult =
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'errors'; readonly errors: readonly string[] }

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
const PARTY = /^([A-Za-z]{2})[*-]?([A-Za-z0-9]{3})$/
const ADDRESS = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*$/i
const SENDER =
  /^(?:[^<>@"\p{C}]{1,100} <[^<>@\s]{1,64}@[a-z0-9.-]{1,255}>|[^<>@\s]{1,64}@[a-z0-9.-]{1,255})$/iu
const PHONE = /^\+?[\d ()/.-]{3,30}$/
const ROLES = ['all', 'api', 'worker'] as const

type Source = Readonly<Record<string, string | undefined>>

/** Reads named values of a source; every mistake is noted in `errors` and answered with the fallback. */
const settingReader = (source: Source, errors: string[]) => {
  const text = (name: string): string | undefined => source[name]?.trim() || undefined
  return {
    text,
    whole(name: string, fallback: number, min: number, max: number): number {
      const value = text(name)
      if (value === undefined) return fallback
      const parsed = Number(value)
      if (Number.isInteger(parsed) && parsed >= min && parsed <= max) return parsed
      errors.push(`${name} is "${value}"; it takes a whole number from ${min} to ${max}.`)
      return fallback
    },
    flag(name: string, fallback: boolean): boolean {
      const value = text(name)?.toLowerCase()
      if (value === undefined) return fallback
      if (['true', '1', 'yes'].includes(value)) return true
      if (['false', '0', 'no'].includes(value)) return false
      errors.push(`${name} is "${value}"; it takes true or false.`)
      return fallback
    },
    choice<const T extends readonly string[]>(name: string, values: T, fallback: T[number]): T[number] {
      const value = text(name)
      if (value === undefined) return fallback
      const found = values.find((candidate) => candidate === value)
      if (found === undefined) errors.push(`${name} is "${value}"; it takes one of ${values.join(', ')}.`)
      return found ?? fallback
    },
    url(name: string, schemes: readonly string[]): string | undefined {
      const value = text(name)
      if (value === undefined) return undefined
      if (schemes.some((scheme) => value.startsWith(`${scheme}//`)) && parseUrl(value) !== undefined)
        return value.replace(/\/+$/, '')
      errors.push(
        `${name} is not a URL that starts with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}.`,
      )
      return undefined
    },
    party(name: string): PartyId | null {
      const value = text(name)
      if (value === undefined) return null
      const [, countryCode, partyId] = PARTY.exec(value) ?? []
      if (countryCode !== undefined && partyId !== undefined) return partyOf(countryCode, partyId)
      errors.push(`${name} is "${value}"; it takes a country and a party, such as DE*ABC.`)
      return null
    },
    matching(name: string, pattern: RegExp, takes: string): string | null {
      const value = text(name) ?? null
      if (value === null || pattern.test(value)) return value
      errors.push(`${name} is "${value}"; it takes ${takes}.`)
      return null
    },
    longText(name: string, minLength: number): string | null {
      const value = text(name) ?? null
      if (value !== null && value.length < minLength)
        errors.push(`${name} is too short; it takes at least ${minLength} characters.`)
      return value
    },
  }
}

/** What mails and the way to people need. */
const mailSettings = (read: ReturnType<typeof settingReader>, errors: string[]) => {
  const smtpUrl = read.url('SMTP_URL', ['smtp:', 'smtps:']) ?? null
  const mailFrom = read.matching('MAIL_FROM', SENDER, 'an address, such as Drive <drive@example.com>')
  if (smtpUrl !== null && read.text('MAIL_FROM') === undefined)
    errors.push('MAIL_FROM is missing; with SMTP_URL it takes the address mails are from.')
  const supportEmail = read.matching('SUPPORT_EMAIL', ADDRESS, 'an e-mail address')
  return {
    smtpUrl,
    mailFrom,
    supportEmail,
    supportPhone: read.matching('SUPPORT_PHONE', PHONE, 'a telephone number'),
  }
}

/** Reads settings and reports every mistake at once, each with the name of the setting and what it takes. */
export const parseSettings = (
  source: Source,
  defaults: { readonly host: string; readonly allowPrivate: boolean },
): SettingsResult => {
  const errors: string[] = []
  const read = settingReader(source, errors)
  const port = read.whole('PORT', 8080, 0, 65535)
  const settings: Settings = {
    port,
    apiKey: read.longText('INTERWATT_API_KEY', 16),
    secret: read.longText('INTERWATT_SECRET', 32),
    host: read.text('HOST') ?? defaults.host,
    publicUrl: read.url('PUBLIC_URL', ['http:', 'https:']) ?? `http://localhost:${port}`,
    databaseUrl: read.url('DATABASE_URL', ['postgres:', 'postgresql:']) ?? null,
    dataDir: resolve(read.text('DATA_DIR') ?? './data'),
    allowPrivatePartners: read.flag('ALLOW_PRIVATE_PARTNERS', defaults.allowPrivate),
    role: read.choice('ROLE', ROLES, 'all'),
    logLevel: read.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    commandTimeoutS: read.whole('COMMAND_TIMEOUT_SECONDS', 30, 5, 600),
    bookingDecisionS: read.whole('BOOKING_DECISION_SECONDS', 300, 10, 86_400),
    profilesPerMinute: read.whole('CHARGING_PROFILES_PER_MINUTE', 10, 1, 600),
    authorizationTimeoutMs: read.whole('AUTHORIZATION_TIMEOUT_MS', 3000, 100, 60_000),
    historyDays: read.whole('HISTORY_DAYS', 90, 1, 3650),
    tariffHistoryDays: read.whole('TARIFF_HISTORY_DAYS', 3650, 1, 36_500),
    recordMessages: read.flag('RECORD_MESSAGES', true),
    messageDays: read.whole('MESSAGE_DAYS', 7, 1, 366),
    messageGigabytes: read.whole('MESSAGE_GIGABYTES', 10, 1, 10_000),
    statusHistoryDays: read.whole('STATUS_HISTORY_DAYS', 30, 1, 366),
    partnerProbeS: read.whole('PARTNER_PROBE_SECONDS', 30, 0, 3600),
    trustProxy: read.flag('TRUST_PROXY', false),
    console: read.flag('CONSOLE', true),
    consoleSessionHours: read.whole('CONSOLE_SESSION_HOURS', 12, 1, 720),
    driverApp: read.flag('DRIVER_APP', false),
    driverParty: read.party('DRIVER_PARTY'),
    driverDemo: read.flag('DRIVER_DEMO', false),
    driverSessionDays: read.whole('DRIVER_SESSION_DAYS', 90, 1, 400),
    mapStyle: readMapStyle(
      {
        styleUrl: read.text('MAP_STYLE_URL'),
        tilesUrl: read.text('MAP_TILES_URL'),
        attribution: read.text('MAP_ATTRIBUTION'),
      },
      errors,
    ),
    driverDemoSpeed:
      read.text('DRIVER_DEMO_SPEED') === undefined ? null : read.whole('DRIVER_DEMO_SPEED', 1, 1, 100_000),
    driverCurrency:
      read.matching('DRIVER_CURRENCY', /^[A-Z]{3}$/, 'three capital letters, such as EUR') ?? 'EUR',
    driverCallsPerMinute: read.whole('DRIVER_CALLS_PER_MINUTE', 600, 10, 1_000_000),
    ...mailSettings(read, errors),
    tokenGraceS: read.whole('TOKEN_GRACE_SECONDS', 60, 0, 3600),
  }
  return errors.length > 0 ? { kind: 'errors', errors } : { kind: 'settings', settings }
}

/** The environment over `interwatt.config.json` of a folder. A file that is no JSON object is reported as an error. */
export const settingsSource = (
  environment: Source,
  folder: string,
): { readonly source: Source; readonly errors: readonly string[] } => {
  const file = join(folder, 'interwatt.config.json')
  if (!existsSync(file)) return { source: environment, errors: [] }
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (!isJsonObject(parsed)) {
      return { source: environment, errors: ['interwatt.config.json is not a JSON object.'] }
    }
    const values = Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]))
    return { source: { ...values, ...environment }, errors: [] }
  } catch {
    return { source: environment, errors: ['interwatt.config.json is not valid JSON.'] }
  }
}

/** A secret kept in a file of `dataDir` that only the owner can read; made at first use. */
export const fileSecret = (
  dataDir: string,
  name: string,
): { readonly value: string; readonly created: boolean } => {
  const file = join(dataDir, name)
  if (existsSync(file)) return { value: readFileSync(file, 'utf8').trim(), created: false }
  mkdirSync(dataDir, { recursive: true })
  const value = randomBytes(32).toString('base64url')
  writeFileSync(file, `${value}\n`, { mode: 0o600, flag: 'wx' })
  chmodSync(file, 0o600)
  return { value, created: true }
}
