import type { ocpi230 } from '@interwatt/protocol'
import type { CardPaymentEvent, WorldEvent } from '@interwatt/simulator'
import { builtWeb } from '../node/built-web.js'
import { productVersion } from '../product-version.js'
import { counted } from '../terminal/counted.js'
import { hangingLines } from '../terminal/hanging-lines.js'
import type { Formatter, Screen } from '../terminal/screen.js'
import { pairLines } from '../terminal/table.js'
import { type AccountEntry, createNarrator, type Narrator, placesOf } from './account.js'
import type { DemoConnection } from './connect-platforms.js'
import { tellPayment } from './payment-account.js'
import type { Platform, Platforms } from './platforms.js'
import type { DemoAudience, DemoOptions, DemoStatus } from './run-demo.js'
import type { DemoSummary } from './summary.js'
import { summaryLines } from './summary-lines.js'

export interface PrinterOptions {
  /** Prints nothing but failures: the result is for a program. */
  readonly quiet: boolean
  readonly options: Pick<DemoOptions, 'speed' | 'dataDir'>
  readonly leaving: Promise<unknown>
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const

/** World time as weekday and time of day, UTC. */
const worldTime = (at: string): string => `${WEEKDAYS[new Date(at).getUTCDay()] ?? ''} ${at.slice(11, 16)}`

/** `a`, `a and b`, `a, b and c`. */
const enumerated = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** Prints the live account of a demonstration: addresses first, then line by line what happens. */
export class DemoPrinter implements DemoAudience {
  readonly leaving: Promise<unknown>
  #narrate: Narrator | undefined
  #receiver = 'eMSP has'
  #places: ReadonlyMap<string, string> = new Map()
  /** World time of the latest event; card payments have none of their own. */
  #latest = ''
  /** Columns of the longest name of who says something to whom. */
  #whoLength = 'CPO -> eMSP'.length

  constructor(
    private readonly screen: Screen,
    private readonly given: PrinterOptions,
  ) {
    this.leaving = given.leaving
    this.#line(this.screen.paint.bold(`Interwatt ${productVersion()}: a charging network on this machine`))
    this.#line('')
  }

  step(text: string): void {
    for (const [prefix, line] of hangingLines('', `${text} ...`, this.screen.width))
      this.#line(this.screen.paint.dim(prefix + line))
  }

  connected(platforms: Platforms, connection: DemoConnection): void {
    const { cpo, emsps, ptp } = platforms
    const took = `${(connection.durationMs / 1000).toFixed(1)} s`
    const versions = (now: boolean): string =>
      enumerated(
        connection.emsps.filter(({ registeredNow }) => registeredNow === now).map(({ version }) => version),
      )
    const inviting = enumerated(
      emsps.filter((_, index) => connection.emsps[index]?.registeredNow).map(({ party }) => party.name),
    )
    if (inviting !== '')
      this.#prose(
        `Registered through OCPI ${versions(true)} in ${took}: ${inviting} invited, ${cpo.party.name} registered.`,
      )
    if (versions(false) !== '')
      this.#prose(
        `Registered by an earlier run, OCPI ${versions(false)}; data in ${this.given.options.dataDir} goes on.`,
      )
    if (ptp !== undefined && connection.ptp?.registeredNow)
      this.#prose(
        `${cpo.party.name} invited ${ptp.party.name} for card payments, which registered through OCPI ${connection.ptp.version}.`,
      )
    this.#platform('CPO', cpo)
    for (const [index, emsp] of emsps.entries())
      this.#platform(emsps.length === 1 ? 'eMSP' : `eMSP ${connection.emsps[index]?.version ?? ''}`, emsp)
    if (ptp !== undefined) this.#platform('PTP', ptp)
    this.#line('')
    this.#prose('The operator keys are for this demonstration only; nothing listens outside this machine.')
  }

  worldBegins(locations: readonly ocpi230.Location[], versions: ReadonlyMap<string, string>): void {
    this.#narrate = createNarrator(locations, Date.now, versions)
    this.#places = placesOf(locations)
    if (versions.size > 0) this.#whoLength = 'CPO -> eMSP 2.3.0'.length
    this.#receiver = versions.size > 0 ? 'every eMSP has' : 'eMSP has'
  }

  payment(event: CardPaymentEvent): void {
    const said = tellPayment(event, (evse) => this.#places.get(evse) ?? evse)
    this.#entry(worldTime(this.#latest), said)
  }

  event(event: WorldEvent): void {
    this.#latest = event.at
    if (event.type === 'world.ready') {
      const world = `${counted(event.locations, 'location')}, ${counted(event.evses, 'EVSE')}, ${counted(event.drivers, 'driver')}`
      this.#prose(
        `The world runs: ${world}; its time (UTC) passes ${this.given.options.speed} times faster. Ctrl-C ends it.`,
      )
      this.#line('')
      return
    }
    const said = this.#narrate?.(event)
    if (said !== undefined) this.#entry(worldTime(event.at), said)
  }

  status(status: DemoStatus): void {
    const { traffic } = status
    const parts = [
      counted(status.sessions, 'session'),
      `${counted(status.cdrs, 'CDR')} delivered`,
      `${this.#receiver} ${status.locationsReceived.toLocaleString('en-US')} of ${counted(status.locations, 'location')}`,
      counted(traffic.pushes, 'push', 'pushes'),
      counted(traffic.pulls, 'pull'),
      counted(traffic.commands, 'command'),
    ]
    for (const [prefix, text] of hangingLines('-- ', parts.join(', '), this.screen.width))
      this.#line(this.screen.paint.bold(`${prefix}${text}`))
  }

  interim(summary: DemoSummary): void {
    this.#line('')
    for (const line of summaryLines(summary, this.screen)) this.#line(line)
    this.#line('')
  }

  #line(text: string): void {
    if (!this.given.quiet) this.screen.out(text)
  }

  /** A sentence, wrapped where the screen is narrow. */
  #prose(text: string): void {
    for (const [prefix, line] of hangingLines('', text, this.screen.width)) this.#line(prefix + line)
  }

  #platform(role: string, { party, url, publicUrl, key }: Platform): void {
    this.#line('')
    this.#line(this.screen.paint.bold(`${role}  ${party.name}, ${party.countryCode}*${party.partyId}`))
    const pairs = [
      ...(builtWeb().consoleFolder === undefined ? [] : [['  Console', `${publicUrl}/`] as const]),
      ...(party.role !== 'EMSP' || builtWeb().driveFolder === undefined
        ? []
        : [['  Driver app', `${publicUrl}/drive`] as const]),
      ['  Operator API', `${url}/api/v1`],
      ['  Reference', `${url}/api/v1/reference`],
      ['  OCPI versions', `${publicUrl}/ocpi/versions`],
      ['  Operator key', key],
    ] as const
    for (const line of pairLines(pairs, this.screen.width)) this.#line(line)
  }

  #entry(time: string, said: AccountEntry): void {
    const { paint } = this.screen
    const tones: Readonly<Record<AccountEntry['tone'], Formatter>> = {
      plain: String,
      quiet: paint.dim,
      good: paint.green,
      bad: paint.yellow,
    }
    const prefix = `${time}  ${said.who.padEnd(this.#whoLength)}  `
    for (const [before, text] of hangingLines(prefix, said.text, this.screen.width))
      this.#line(`${paint.dim(before)}${tones[said.tone](text)}`.trimEnd())
  }
}
