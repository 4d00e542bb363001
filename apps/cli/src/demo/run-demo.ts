import { createReadStream } from 'node:fs'
import type { ocpi230 } from '@interwatt/protocol'
import type {
  CardPaymentEvent,
  CardPayments,
  FaultKind,
  World,
  WorldEvent,
  WorldSummary,
} from '@interwatt/simulator'
import { Failure } from '../failure.js'
import { type Closers, createClosers } from '../node/closers.js'
import { counted } from '../terminal/counted.js'
import { connectPlatforms, type DemoConnection } from './connect-platforms.js'
import { countOf } from './holdings.js'
import { cpoParty, type DemoEmsp, labelOf } from './parties.js'
import { startPayments } from './payment-run.js'
import { type Platform, type PlatformOptions, type Platforms, startPlatforms } from './platforms.js'
import { compareSides, type DemoSummary, summarize, trafficOf } from './summary.js'
import type { Traffic } from './traffic.js'

export interface DemoOptions extends PlatformOptions {
  readonly speed: number
  readonly seed: number
  /** Delivered CDRs after which a summary is given. */
  readonly sessions: number | undefined
  /** Booked visits acted out beside everything else. */
  readonly bookings: number
  /** Ends with that summary. */
  readonly exit: boolean
  /** The eMSP limits the power of its drivers' sessions for a while. */
  readonly smartCharging: boolean
  /** `billing`: the CPO overcharges, and the eMSP has to find it. `all`: charges fail in every way, and the nodes have to say why. */
  readonly faults: FaultKind | undefined
  /** Longest time until the wanted CDRs are delivered, in milliseconds. */
  readonly timeoutMs: number
}

/** How things stand while the world runs. */
export interface DemoStatus {
  readonly sessions: number
  readonly cdrs: number
  readonly locations: number
  /** By the eMSP that has the fewest. */
  readonly locationsReceived: number
  readonly traffic: Traffic
}

/** Who follows the demonstration. */
export interface DemoAudience {
  step(text: string): void
  connected(platforms: Platforms, connection: DemoConnection): void
  /** `versions` by the party of each eMSP, such as `NL*IWM`; empty when there is one alone. */
  worldBegins(locations: readonly ocpi230.Location[], versions: ReadonlyMap<string, string>): void
  event(event: WorldEvent): void
  payment(event: CardPaymentEvent): void
  status(status: DemoStatus): void
  /** A summary while the world goes on. */
  interim(summary: DemoSummary): void
  /** Resolves when the audience wants to leave. */
  readonly leaving: Promise<unknown>
}

/** Why the world ends: the CDRs are delivered, the audience leaves, or the time is over. */
type Ending = 'done' | 'left' | 'late'

/** A world under way and what is known of its run. */
interface Run {
  readonly world: World
  /** Undefined without card payments. */
  readonly payments: CardPayments | undefined
  /** Resolves when the wanted number of CDRs was delivered, one to each eMSP, and the wanted card payments were made. */
  readonly delivered: Promise<void>
  /** Real time from the start of the command to the first delivered CDR, in milliseconds. */
  firstCdrMs(): number | undefined
}

const STATUS_MS = 10_000
/** Time that all sides get to become equal at the end, in milliseconds. */
const SETTLE_MS: Readonly<Record<Ending, number>> = { done: 30_000, left: 5_000, late: 5_000 }

/** What stations of the register can do; it does not say. */
const ABILITIES = ['REMOTE_START_STOP_CAPABLE', 'RESERVABLE', 'UNLOCK_CAPABLE']

/** The world's places, and the one of them that has a payment terminal. */
interface Places {
  readonly locations: readonly ocpi230.Location[]
  readonly terminalAt: ocpi230.Location | undefined
}

const loadPlaces = async (options: DemoOptions): Promise<Places> => {
  const { terminalPlace, withCardReader } = await import('@interwatt/simulator')
  const locations = withPreferences(await loadLocations(options.smartCharging))
  const place = options.cardPayments > 0 ? terminalPlace(locations) : undefined
  const terminalAt = place && withCardReader(place)
  return {
    locations: locations.map((each) => (terminalAt !== undefined && each === place ? terminalAt : each)),
    terminalAt,
  }
}

/** 8 A make 5.5 kW of three phases and 1.8 kW of one. */
const STEERING = { unit: 'A', limit: 8, watchMinutes: 5, holdMinutes: 10 } as const

const loadLocations = async (steered: boolean): Promise<readonly ocpi230.Location[]> => {
  const { berlinExtract, importBnetza } = await import('@interwatt/platform')
  const { locations } = await importBnetza(createReadStream(berlinExtract()), {
    party: { countryCode: cpoParty.countryCode, partyId: cpoParty.partyId },
    now: new Date().toISOString(),
    assumeStatus: 'AVAILABLE',
    assumeCapabilities: steered ? [...ABILITIES, 'CHARGING_PROFILE_CAPABLE'] : ABILITIES,
  })
  return locations
}

/** At every third location drivers may say how they prefer to charge. */
const withPreferences = (locations: readonly ocpi230.Location[]): readonly ocpi230.Location[] =>
  locations.map((location, index) =>
    index % 3 > 0
      ? location
      : {
          ...location,
          evses: (location.evses ?? []).map((evse) => ({
            ...evse,
            capabilities: [...(evse.capabilities ?? []), 'CHARGING_PREFERENCES_CAPABLE'],
          })),
        },
  )

const doorOf = ({ url, key, party }: Platform) => ({
  apiUrl: `${url}/api/v1`,
  apiKey: key,
  countryCode: party.countryCode,
  partyId: party.partyId,
  name: party.name,
})

const emspDoor = (emsp: Platform<DemoEmsp>) => ({
  ...doorOf(emsp),
  reservations: emsp.party.reservations,
})

/** Eight drivers for one eMSP, four for each of several. */
const driversFor = (emsps: number): number => (emsps === 1 ? 8 : emsps * 4)

const isDelivered = (
  { cdrsReceived, receivedBy, startFaults }: WorldSummary,
  wanted: number | undefined,
  { emsps }: Platforms,
  faults: number,
): boolean =>
  startFaults.length >= faults &&
  wanted !== undefined &&
  cdrsReceived >= wanted &&
  emsps.every(({ party }) => (receivedBy[labelOf(party)] ?? 0) > 0)

const versionsOf = ({ emsps }: Platforms, connection: DemoConnection): ReadonlyMap<string, string> =>
  new Map(
    emsps.length === 1
      ? []
      : emsps.map(({ party }, index) => [labelOf(party), connection.emsps[index]?.version ?? '']),
  )

const startWorld = async (
  { platforms, connection }: { readonly platforms: Platforms; readonly connection: DemoConnection },
  options: DemoOptions,
  audience: DemoAudience,
  elapsedMs: () => number,
): Promise<Omit<Run, 'payments'> & Pick<Places, 'terminalAt'>> => {
  const { createWorld, START_FAULTS } = await import('@interwatt/simulator')
  const faults = options.faults === 'all' ? START_FAULTS.length : 0
  const { locations, terminalAt } = await loadPlaces(options)
  audience.step(`Bringing ${locations.length} locations, tariffs, drivers and cards to the platforms`)
  audience.worldBegins(locations, versionsOf(platforms, connection))
  const [emsp, ...otherEmsps] = platforms.emsps
  let firstCdrMs: number | undefined
  let arrived = (): void => {}
  const delivered = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const world = createWorld({
    seed: options.seed,
    speed: options.speed,
    cpo: doorOf(platforms.cpo),
    emsp: emspDoor(emsp),
    otherEmsps: otherEmsps.map(emspDoor),
    drivers: driversFor(platforms.emsps.length),
    locations,
    pushEveryMs: 2_000,
    ...(options.smartCharging ? { steering: STEERING } : {}),
    ...(options.faults === undefined ? {} : { faults: options.faults }),
    ...(platforms.network === undefined ? {} : { network: platforms.network }),
    luckyVisitors: true,
    bookings: options.bookings,
    onStep(event) {
      audience.event(event)
      if (event.type !== 'cdr.received' && event.type !== 'fault.explained') return
      if (event.type === 'cdr.received') firstCdrMs ??= elapsedMs()
      // NOTE: the world counts a CDR right after it told of it.
      queueMicrotask(() => {
        if (isDelivered(world.summary(), options.sessions, platforms, faults)) arrived()
      })
    },
  })
  const started = await world.start()
  if (started.kind === 'failed') {
    await world.stop()
    throw new Failure(`The world could not begin: ${started.reason}`, { hint: 'Begin anew with --fresh.' })
  }
  return { world, delivered, terminalAt, firstCdrMs: () => firstCdrMs }
}

/** The world, and the payment terminal in it where there is one; both are stopped by the closers. */
const begin = async (
  parts: { readonly platforms: Platforms; readonly connection: DemoConnection },
  options: DemoOptions,
  audience: DemoAudience,
  { closers, elapsedMs }: { readonly closers: Closers; elapsedMs(): number },
): Promise<Run> => {
  const run = await startWorld(parts, options, audience, elapsedMs)
  closers.add(() => run.world.stop())
  const { cpo, ptp } = parts.platforms
  if (ptp === undefined || run.terminalAt === undefined) return { ...run, payments: undefined }
  const payments = await startPayments({
    cpo: doorOf(cpo),
    ptp: doorOf(ptp),
    location: run.terminalAt,
    count: options.cardPayments,
    onStep: (event) => audience.payment(event),
  })
  closers.add(() => payments.stop(0))
  const delivered = Promise.all([run.delivered, payments.done]).then(() => undefined)
  return { ...run, payments, delivered }
}

const statusOf = async (platforms: Platforms, world: World): Promise<DemoStatus> => {
  const { cpo, emsps } = platforms
  const { sessionsStarted, cdrsReceived } = world.summary()
  const received = await Promise.all(emsps.map(({ operator }) => countOf(operator, '/locations', cpo.party)))
  return {
    sessions: sessionsStarted,
    cdrs: cdrsReceived,
    locations: await countOf(cpo.operator, '/locations', cpo.party),
    locationsReceived: Math.min(...received),
    traffic: await trafficOf(platforms),
  }
}

/** Tells the audience now and then how things stand; answers the way to stop. */
const tellStatus = (platforms: Platforms, run: Run, audience: DemoAudience): (() => void) => {
  const timer = setInterval(() => {
    statusOf(platforms, run.world).then(
      (status) => audience.status(status),
      // A platform that does not answer shows in the account by itself.
      () => undefined,
    )
  }, STATUS_MS)
  return () => clearInterval(timer)
}

const awaitEnding = async (run: Run, options: DemoOptions, audience: DemoAudience): Promise<Ending> => {
  let timer: NodeJS.Timeout | undefined
  const endings: Promise<Ending>[] = [audience.leaving.then((): Ending => 'left')]
  if (options.exit) {
    endings.push(run.delivered.then((): Ending => 'done'))
    endings.push(
      new Promise((resolve) => {
        timer = setTimeout(() => resolve('late'), options.timeoutMs)
      }),
    )
  }
  const ending = await Promise.race(endings)
  clearTimeout(timer)
  return ending
}

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs))

/** Waits until all sides hold the same, at most so long. */
const settle = async (platforms: Platforms, connection: DemoConnection, limitMs: number): Promise<void> => {
  const deadlineMs = performance.now() + limitMs
  const differ = async (): Promise<boolean> =>
    (await compareSides(platforms, connection)).differences.length > 0
  while (performance.now() < deadlineMs && (await differ())) await pause(250)
}

/** Two platforms, four with an eMSP of each version, and one more with card payments. */
const platformsIn = ({ versions, cardPayments }: DemoOptions): string => {
  if (cardPayments > 0) return versions ? 'five' : 'three'
  return versions ? 'four' : 'two'
}

const lateReason = (
  { sessions = 0, versions, cardPayments, timeoutMs, faults }: DemoOptions,
  { cdrsReceived: cdrs, startFaults }: WorldSummary,
  payments: CardPayments | undefined,
): string => {
  const wanted = `${sessions} CDRs${versions ? ', one at least to each eMSP,' : ''}`
  const cards =
    payments === undefined
      ? ''
      : ` and ${payments.summary().paid} of ${counted(cardPayments, 'card payment')} made`
  const told = faults === 'all' ? ` and ${counted(startFaults.length, 'fault')} explained` : ''
  return `Only ${cdrs} of ${wanted} were delivered${cards}${told} within ${timeoutMs / 1000} s.`
}

const perform = async (
  options: DemoOptions,
  audience: DemoAudience,
  closers: Closers,
): Promise<DemoSummary> => {
  const startedMs = performance.now()
  const elapsedMs = (): number => performance.now() - startedMs
  audience.step(`Starting the database and ${platformsIn(options)} platforms`)
  const platforms = await startPlatforms(options, closers)
  const connection = await connectPlatforms(platforms)
  audience.connected(platforms, connection)
  const run = await begin({ platforms, connection }, options, audience, { closers, elapsedMs })
  const summaryNow = (reason?: string): Promise<DemoSummary> =>
    summarize(platforms, {
      connection,
      durationMs: elapsedMs(),
      firstCdrMs: run.firstCdrMs(),
      world: run.world.summary(),
      payments: run.payments && { wanted: options.cardPayments, payments: run.payments.summary() },
      reason,
    })
  if (!options.exit)
    run.delivered
      .then(() => summaryNow())
      .then(
        (summary) => audience.interim(summary),
        () => undefined,
      )
  const stopTelling = tellStatus(platforms, run, audience)
  const ending = await awaitEnding(run, options, audience)
  stopTelling()
  const atEnding = run.world.summary()
  audience.step('Ending: running sessions are closed, the last CDRs delivered')
  await run.world.stop()
  await run.payments?.stop()
  await settle(platforms, connection, SETTLE_MS[ending])
  return summaryNow(ending === 'late' ? lateReason(options, atEnding, run.payments) : undefined)
}

/** Runs the demonstration to its end and gives its summary; throws Failure when it cannot. */
export const runDemo = async (options: DemoOptions, audience: DemoAudience): Promise<DemoSummary> => {
  const closers = createClosers()
  try {
    return await perform(options, audience, closers)
  } finally {
    await closers.close()
  }
}
