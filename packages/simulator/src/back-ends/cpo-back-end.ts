import type { Driver } from '../drivers.js'
import { tariffAt } from '../world/choose-tariff.js'
import { randomStream } from '../world/random.js'
import type { PluggedCar, SiteEvse } from '../world/site.js'
import { authorizeCard } from './authorize-card.js'
import { type Charger, createCommandDesk, readCommand, type StartRequest } from './cpo-commands.js'
import type { CpoContext } from './cpo-context.js'
import { createPreferenceDesk } from './cpo-preferences.js'
import { createProfileDesk } from './cpo-profiles.js'
import type { CdrToken, SessionFacts } from './documents.js'
import type { DoorEvent } from './event-stream.js'
import { at, textAt } from './json.js'
import { type LiveSession, startSession } from './live-session.js'
import { createReservations, type Reservation } from './reservations.js'
import { createVisitors, type Visit } from './visitors.js'

export type TapResult =
  | { readonly kind: 'started'; readonly session: LiveSession }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'refused'; readonly reason: string }

/** The operator's side of the world: what charging stations and the software behind them do. */
export interface CpoBackEnd {
  onEvent(event: DoorEvent): void
  /** Executes commands and charging profiles that arrived while nobody listened. */
  catchUp(): Promise<void>
  /** A card held to the reader: starts a session, or stops the one it started. */
  tap(driver: Driver, site: SiteEvse): Promise<TapResult>
  sessionAt(site: SiteEvse): LiveSession | undefined
  /** The driver pulls the plug; a session there ends. */
  unplug(site: SiteEvse, reason: string): void
  /** The EVSE breaks: its session ends, its reservation is cancelled. */
  breakDown(site: SiteEvse): void
  /** Ends every session; resolves when all CDRs are handed over. */
  close(reason: string): Promise<void>
}

interface Opening {
  readonly site: SiteEvse
  readonly plugged: PluggedCar
  readonly token: CdrToken
  readonly authMethod: SessionFacts['authMethod']
  readonly authorizationReference: string | undefined
  readonly by: 'card' | 'command'
  /** Somebody from outside who has not plugged in yet. */
  readonly visit?: Visit
}

/** Ids of sessions: `ses-RUN-EVSE-NUMBER`, at most 36 characters. */
const createIds = (context: CpoContext) => {
  const counts = new Map<SiteEvse, number>()
  const indexOf = new Map(context.site.evses.map((site, index) => [site, index]))
  return (site: SiteEvse): string => {
    const number = (counts.get(site) ?? 0) + 1
    counts.set(site, number)
    return `ses-${context.runId}-${(indexOf.get(site) ?? 0).toString(36)}-${number}`
  }
}

/** Shortest real time between two meter reports to somebody who looks on, in milliseconds. */
const VISITOR_PUSH_MS = 1_000

class CpoSide implements CpoBackEnd {
  readonly #sessions = new Map<SiteEvse, LiveSession>()
  readonly #running = new Set<Promise<void>>()
  readonly #reservations
  readonly #visitors
  readonly #preferences
  readonly #desk
  readonly #profiles
  readonly #nextId

  constructor(private readonly context: CpoContext) {
    this.#reservations = createReservations(context)
    this.#visitors = createVisitors(context)
    this.#preferences = createPreferenceDesk(context, (id) => this.#sessionOf(id))
    this.#desk = createCommandDesk(context, this.#charger())
    this.#profiles = createProfileDesk(context, (id) => this.#sessionOf(id))
    this.#nextId = createIds(context)
  }

  onEvent(event: DoorEvent): void {
    if (this.context.signal.aborted) return
    if (event.type === 'charging_profile.received') this.#track(this.#profiles.take(event.data))
    if (event.type === 'session.charging_preferences') this.#preferences(event.data)
    if (event.type !== 'command.received') return
    const command = readCommand(event.data)
    if (command !== undefined) this.#track(this.#desk.handle(command))
  }

  async catchUp(): Promise<void> {
    await this.#catchUp('/commands', 'command.received')
    await this.#catchUp('/charging-profiles', 'charging_profile.received')
  }

  async #catchUp(list: string, type: string): Promise<void> {
    const answer = await this.context.api.call('GET', `${list}?direction=received&state=ACCEPTED&limit=100`)
    const items = answer.kind === 'ok' ? at(answer.body, 'items') : undefined
    if (!Array.isArray(items)) return
    for (const data of items) this.onEvent({ type, subject: '', data })
  }

  sessionAt(site: SiteEvse): LiveSession | undefined {
    const session = this.#sessions.get(site)
    return session?.ended() ? undefined : session
  }

  async tap(driver: Driver, site: SiteEvse): Promise<TapResult> {
    const running = this.sessionAt(site)
    if (running !== undefined) {
      if (running.facts.token.uid !== driver.card.uid) return { kind: 'refused', reason: 'in use' }
      running.stop('card')
      return { kind: 'stopped' }
    }
    if (site.plugged === undefined) return { kind: 'refused', reason: 'no car' }
    this.context.tell({ type: 'card.tapped', driver: driver.id, evse: site.key })
    const decision = await authorizeCard(this.context, driver.card.uid, site)
    if (decision.allowed !== 'ALLOWED') return { kind: 'refused', reason: decision.reason }
    if (site.plugged === undefined || this.sessionAt(site) !== undefined || site.state.status !== 'CHARGING')
      return { kind: 'refused', reason: 'not ready' }
    const { uid, type, contract_id, country_code, party_id } = driver.card
    const token = decision.token ?? { uid, type, contract_id, country_code, party_id }
    const { authMethod, authorizationReference } = decision
    const opening = {
      site,
      plugged: site.plugged,
      token,
      authMethod,
      authorizationReference,
      by: 'card',
    } as const
    const session = this.#open(opening, undefined)
    return session === undefined ? { kind: 'refused', reason: 'no tariff' } : { kind: 'started', session }
  }

  unplug(site: SiteEvse, reason: string): void {
    this.#sessions.get(site)?.stop(reason)
    site.plugged = undefined
    this.context.site.move(site, { kind: 'unplug' })
  }

  breakDown(site: SiteEvse): void {
    const reservation = this.#reservations.at(site)
    if (reservation !== undefined) {
      this.#reservations.cancel(reservation)
      this.#track(this.#desk.report(reservation.commandId, { result: 'CANCELED_RESERVATION' }))
    }
    this.context.site.move(site, { kind: 'fault' })
    this.#sessions.get(site)?.stop('fault')
  }

  async close(reason: string): Promise<void> {
    for (const session of this.#sessions.values()) session.stop(reason)
    for (const site of this.context.site.evses) {
      const reservation = this.#reservations.at(site)
      if (reservation !== undefined) this.#reservations.cancel(reservation)
    }
    while (this.#running.size > 0) await Promise.allSettled([...this.#running])
    await this.#reservations.settled()
  }

  #track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : 'unknown'
        this.context.tell({ type: 'trouble', door: 'cpo', doing: 'back end', reason })
      })
      .finally(() => this.#running.delete(tracked))
    this.#running.add(tracked)
  }

  #facts(opening: Omit<Opening, 'plugged' | 'by'>, id: string, connectorId: string | undefined) {
    const { site, token, authMethod, authorizationReference } = opening
    const connector = site.evse.connectors.find((c) => c.id === connectorId) ?? site.evse.connectors[0]
    const { location, evse } = site
    if (connector === undefined) return undefined
    return {
      party: this.context.party,
      id,
      location,
      evse,
      connector,
      token,
      authMethod,
      authorizationReference,
    }
  }

  #open(opening: Opening, reservation: Reservation | undefined): LiveSession | undefined {
    const { site, plugged } = opening
    const id = reservation?.facts.id ?? this.#nextId(site)
    const facts = this.#facts(opening, id, plugged.connectorId)
    const { clock, tariffs } = this.context
    const startedS = clock.nowS()
    const tariff = reservation?.tariff ?? (facts && tariffAt(tariffs, facts.connector, startedS))
    if (facts === undefined || tariff === undefined) return undefined
    const handshakeS = randomStream(this.context.seed, 'handshake', site.key).integer(5, 20)
    const { visit } = opening
    const session: LiveSession = startSession(this.context, {
      facts,
      site,
      plugged,
      tariff,
      by: reservation === undefined ? opening.by : 'reservation',
      startedS,
      handshakeS,
      reservation:
        reservation === undefined
          ? undefined
          : { fromS: this.#reservations.keptFromS(reservation), feed: reservation.feed },
      ...(visit === undefined
        ? {}
        : { arrival: (signal) => this.#arrival(visit, () => session, signal), pushEveryMs: VISITOR_PUSH_MS }),
    })
    this.#sessions.set(site, session)
    this.#track(session.over.then(() => this.#closed(site, session)))
    return session
  }

  /** The car of a visitor comes; from then on the visitor looks after it. */
  async #arrival(visit: Visit, session: () => LiveSession, signal: AbortSignal): Promise<boolean> {
    const came = await visit.arrive(signal)
    if (came) this.#track(this.#visitorLeaves(session()))
    return came
  }

  #closed(site: SiteEvse, session: LiveSession): void {
    if (this.#sessions.get(site) === session) this.#sessions.delete(site)
  }

  #sessionOf(sessionId: string): LiveSession | undefined {
    return [...this.#sessions.values()].find(
      (session) => session.facts.id.toUpperCase() === sessionId.toUpperCase(),
    )
  }

  #charger(): Charger {
    return {
      evseFor: (locationId, evseUid, token) => this.#evseFor(locationId, evseUid, token),
      start: (request) => this.#start(request),
      stop: (sessionId) => {
        const session = this.#sessionOf(sessionId)
        if (session === undefined) return 'REJECTED'
        if (this.context.misbehaviourAt(session.site)?.refusesStop === true) return 'REJECTED'
        session.stop('command')
        return 'ACCEPTED'
      },
      reserve: (request) => {
        const { site, token, command, reservationId, minutes, connectorId, authorizationReference } = request
        const earlier = this.#reservations.find(command.partnerId, reservationId)
        if (earlier !== undefined) this.#reservations.cancel(earlier)
        const opening = { site, token, authMethod: 'COMMAND', authorizationReference } as const
        const facts = this.#facts(opening, this.#nextId(site), connectorId)
        const fromS = this.context.clock.nowS()
        const tariff = facts && tariffAt(this.context.tariffs, facts.connector, fromS)
        if (facts === undefined || tariff === undefined) return 'FAILED'
        const reservation = this.#reservations.make({
          partnerReservationId: reservationId,
          partnerId: command.partnerId,
          commandId: command.id,
          facts,
          site,
          tariff,
          fromS,
          untilS: fromS + minutes * 60,
          real: this.context.isDriver(token.uid)
            ? undefined
            : { fromMs: this.context.clock.realMs(), untilMs: request.expiresMs },
        })
        return reservation === undefined ? 'EVSE_OCCUPIED' : 'ACCEPTED'
      },
      holderOf: (request) =>
        textAt(request, 'token', 'uid') ??
        this.#sessionOf(textAt(request, 'session_id') ?? '')?.facts.token.uid,
      cancel: (partnerId, reservationId) => {
        const reservation = this.#reservations.find(partnerId, reservationId)
        if (reservation === undefined) return 'UNKNOWN_RESERVATION'
        this.#reservations.cancel(reservation)
        return 'ACCEPTED'
      },
      unlock: (site) => {
        if (site.state.status === 'OUTOFORDER') return 'FAILED'
        this.#sessions.get(site)?.stop('unlocked')
        return 'ACCEPTED'
      },
    }
  }

  #evseFor(locationId: string, evseUid: string | undefined, token: CdrToken): SiteEvse | undefined {
    if (evseUid !== undefined) return this.context.site.findByIds(locationId, evseUid)
    const all = this.context.site.at(locationId)
    const reserved = all.find((site) => this.#reservations.at(site)?.facts.token.uid === token.uid)
    return reserved ?? all.find((site) => site.state.status === 'AVAILABLE')
  }

  /** What the charger does when it is told to start. */
  #start(request: StartRequest): string {
    const { site, token, authorizationReference } = request
    if (site.state.status === 'OUTOFORDER') return 'EVSE_INOPERATIVE'
    if (this.sessionAt(site) !== undefined || site.state.status === 'BLOCKED') return 'EVSE_OCCUPIED'
    const reservation = this.#reservations.at(site)
    const own = reservation?.facts.token.uid === token.uid ? reservation : undefined
    if (reservation !== undefined && own === undefined) return 'EVSE_OCCUPIED'
    const isOutsider = !this.context.isDriver(token.uid)
    // A car that stands there belongs to somebody who is about to start with it.
    if (site.plugged !== undefined && isOutsider) return 'EVSE_OCCUPIED'
    const visit =
      site.plugged === undefined ? this.#visitors.expect(site, request.connectorId, own?.facts.id) : undefined
    const plugged = site.plugged ?? visit?.plugged
    if (plugged === undefined) return 'FAILED'
    const shared = {
      site,
      plugged,
      token,
      authorizationReference,
      authMethod: 'COMMAND',
      by: 'command',
    } as const
    if (own !== undefined) this.#reservations.use(own)
    const session = this.#open(visit === undefined ? shared : { ...shared, visit }, own)
    return session === undefined ? 'FAILED' : 'ACCEPTED'
  }

  /** A visitor leaves when the session was stopped, or when the car is full; before that what is to go wrong goes wrong. */
  async #visitorLeaves(session: LiveSession): Promise<void> {
    const { site } = session
    const breaking = this.context.misbehaviourAt(site)?.breaksOff
    if (breaking === undefined) await this.#visitors.stays(session)
    else {
      await this.context.clock.sleepRealMs(breaking.afterMs, this.context.signal)
      const broken = breaking.what === 'power' ? this.context.site.at(site.location.id) : [site]
      for (const each of broken) this.breakDown(each)
    }
    this.unplug(site, 'left')
  }
}

/** The back end of a CPO over one node's operator API. */
export const createCpoBackEnd = (context: CpoContext): CpoBackEnd => new CpoSide(context)
