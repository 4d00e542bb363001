import { createReadStream } from 'node:fs'
import type { ocpi230 } from '@interwatt/protocol'
import type { World, WorldEvent } from '@interwatt/simulator'
import { Failure } from '../failure.js'
import { createClosers } from '../node/closers.js'
import { connectPlatforms, type DemoConnection } from './connect-platforms.js'
import { countOf } from './holdings.js'
import { cpoParty } from './parties.js'
import { type Platform, type PlatformOptions, type Platforms, startPlatforms } from './platforms.js'
import { compareSides, type DemoSummary, summarize, trafficOf } from './summary.js'
import type { Traffic } from './traffic.js'

export interface DemoOptions extends PlatformOptions {
  readonly speed: number
  readonly seed: number
  /** Delivered CDRs after which a summary is given. */
  readonly sessions: number | undefined
  /** Ends with that summary. */
  readonly exit: boolean
  /** Longest time until the wanted CDRs are delivered, in milliseconds. */
  readonly timeoutMs: number
}

/** How things stand while the world runs. */
export interface DemoStatus {
  readonly sessions: number
  readonly cdrs: number
  readonly locations: number
  readonly locationsReceived: number
  readonly traffic: Traffic
}

/** Who follows the demonstration. */
export interface DemoAudience {
  step(text: string): void
  connected(platforms: Platforms, connection: DemoConnection): void
  worldBegins(locations: readonly ocpi230.Location[]): void
  event(event: WorldEvent): void
  status(status: DemoStatus): void
  /** A summary while the world goes on. */
  interim(summary: DemoSummary): void
  /** Resolves when the audience wants to leave. */
  readonly leaving: Promise<unknown>
}

const STATUS_MS = 10_000
/** How long both sides get to become equal at the end, in milliseconds. */
const SETTLE_MS = { done: 30_000, left: 5_000 } as const

const loadLocations = async (): Promise<readonly ocpi230.Location[]> => {
  const { berlinExtract, importBnetza } = await import('@interwatt/platform')
  const { locations } = await importBnetza(createReadStream(berlinExtract()), {
    party: { countryCode: cpoParty.countryCode, partyId: cpoParty.partyId },
    now: new Date().toISOString(),
    assumeStatus: 'AVAILABLE',
    assumeCapabilities: ['REMOTE_START_STOP_CAPABLE', 'RESERVABLE', 'UNLOCK_CAPABLE'],
  })
  return locations
}

const doorOf = ({ url, key, party }: Platform) => ({ apiUrl: `${url}/api/v1`, apiKey: key, ...party })

interface Watch {
  firstCdrMs: number | undefined
}

const startWorld = async (
  platforms: Platforms,
  options: DemoOptions,
  audience: DemoAudience,
  onCdr: () => void,
): Promise<World> => {
  const { createWorld } = await import('@interwatt/simulator')
  const locations = await loadLocations()
  audience.step(`Bringing ${locations.length} locations, tariffs, drivers and cards to the platforms`)
  audience.worldBegins(locations)
  const world = createWorld({
    seed: options.seed,
    speed: options.speed,
    cpo: doorOf(platforms.cpo),
    emsp: doorOf(platforms.emsp),
    locations,
    pushEveryMs: 2_000,
    ...(options.exit && options.sessions !== undefined ? { sessions: options.sessions } : {}),
    onStep(event) {
      audience.event(event)
      if (event.type === 'cdr.received') setImmediate(onCdr)
    },
  })
  const started = await world.start()
  if (started.kind === 'started') return world
  await world.stop()
  throw new Failure(`The world could not begin: ${started.reason}`, { hint: 'Begin anew with --fresh.' })
}

const statusOf = async (platforms: Platforms, world: World): Promise<DemoStatus> => {
  const { cpo, emsp } = platforms
  const { sessionsStarted, cdrsReceived } = world.summary()
  return {
    sessions: sessionsStarted,
    cdrs: cdrsReceived,
    locations: await countOf(cpo.operator, '/locations', cpo.party),
    locationsReceived: await countOf(emsp.operator, '/locations', cpo.party),
    traffic: await trafficOf(platforms),
  }
}

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs))

/** Waits until both sides hold the same, at most so long. */
const settle = async (platforms: Platforms, limitMs: number): Promise<void> => {
  const deadline = performance.now() + limitMs
  while (performance.now() < deadline && (await compareSides(platforms)).differences.length > 0)
    await pause(250)
}

/** Why the world ended: the CDRs were delivered, the audience left, or the time was over. */
type Ending = 'done' | 'left' | 'late'

const awaitEnding = async (world: World, options: DemoOptions, audience: DemoAudience): Promise<Ending> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Ending>((resolve) => {
    if (options.exit) timer = setTimeout(() => resolve('late'), options.timeoutMs)
  })
  const ending = await Promise.race([
    world.done.then((): Ending => 'done'),
    audience.leaving.then((): Ending => 'left'),
    late,
  ])
  clearTimeout(timer)
  return ending
}

/** Runs the demonstration to its end and gives its summary; throws Failure when it cannot. */
export const runDemo = async (options: DemoOptions, audience: DemoAudience): Promise<DemoSummary> => {
  const startedMs = performance.now()
  const elapsedMs = (): number => performance.now() - startedMs
  const closers = createClosers()
  try {
    audience.step('Starting the database and two platforms')
    const platforms = await startPlatforms(options, closers)
    const connection = await connectPlatforms(platforms)
    audience.connected(platforms, connection)
    const watch: Watch = { firstCdrMs: undefined }
    let interim = options.exit ? undefined : options.sessions
    const summaryNow = (world: World, reason: string | undefined): Promise<DemoSummary> =>
      summarize(platforms, {
        version: connection.version,
        durationMs: elapsedMs(),
        firstCdrMs: watch.firstCdrMs,
        world: world.summary(),
        reason,
      })
    let world: World | undefined
    const onCdr = (): void => {
      watch.firstCdrMs ??= elapsedMs()
      if (world === undefined || interim === undefined || world.summary().cdrsReceived < interim) return
      interim = undefined
      summaryNow(world, undefined).then(audience.interim, () => undefined)
    }
    world = await startWorld(platforms, options, audience, onCdr)
    const running = world
    closers.add(() => running.stop())
    const timer = setInterval(() => {
      statusOf(platforms, running).then(audience.status, () => undefined)
    }, STATUS_MS)
    const ending = await awaitEnding(running, options, audience)
    clearInterval(timer)
    audience.step('Ending: sessions are closed, the last CDRs delivered')
    const { cdrsReceived } = await running.stop()
    await settle(platforms, ending === 'done' ? SETTLE_MS.done : SETTLE_MS.left)
    const late = `Only ${cdrsReceived} of ${options.sessions ?? 0} CDRs were delivered within ${options.timeoutMs / 1000} s.`
    return await summaryNow(running, ending === 'late' ? late : undefined)
  } finally {
    await closers.close()
  }
}
