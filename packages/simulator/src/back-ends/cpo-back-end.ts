import { linkAbort } from '../abort.js'
import { cars } from '../cars.js'
import type { Driver } from '../drivers.js'
import { tariffAt } from '../world/choose-tariff.js'
import { fits } from '../world/power.js'
import { randomStream } from '../world/random.js'
import type { PluggedCar, SiteEvse } from '../world/site.js'
import { authorizeCard } from './authorize-card.js'
import { type Charger, createCommandDesk, readCommand, visitorCar } from './cpo-commands.js'
import type { CpoContext } from './cpo-context.js'
import { createProfileDesk } from './cpo-profiles.js'
import type { CdrToken, SessionFacts } from './documents.js'
import type { DoorEvent } from './event-stream.js'
import { at } from './json.js'
import { type LiveSession, startSession } from './live-session.js'
import { createReservations, type Reservation } from './reservations.js'

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

const isVisitor = (site: SiteEvse): boolean => site.state.carId?.startsWith('visitor-') ?? false

class CpoSide implements CpoBackEnd {
  readonly #sessions = new Map<SiteEvse, LiveSession>()
  readonly #running = new Set<Promise<void>>()
  readonly #visits = new Map<SiteEvse, number>()
  readonly #reservations
  readonly #desk
  readonly #profiles
  readonly #nextId

  constructor(private readonly context: CpoContext) {
    this.#reservations = createReservations(context)
    this.#desk = createCommandDesk(context, this.#charger())
    this.#profiles = createProfileDesk(context, (id) => this.#sessionOf(id))
    this.#nextId = createIds(context)
  }

  onEvent(event: DoorEvent): void {
    if (this.context.signal.aborted) return
    if (event.type === 'charging_profile.received') this.#track(this.#profiles.take(event.data))
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
      this.#track(this.#desk.report(reservation.commandId, 'CANCELED_RESERVATION'))
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
    const session = startSession(this.context, {
      facts,
      site,
      plugged,
      tariff,
      by: reservation === undefined ? opening.by : 'reservation',
      startedS,
      handshakeS,
      reservation:
        reservation === undefined ? undefined : { fromS: reservation.fromS, feed: reservation.feed },
    })
    this.#sessions.set(site, session)
    this.#track(session.over.then(() => this.#closed(site, session)))
    return session
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
      start: (request) => {
        const { site, token } = request
        if (site.state.status === 'OUTOFORDER') return 'EVSE_INOPERATIVE'
        if (this.sessionAt(site) !== undefined || site.state.status === 'BLOCKED') return 'EVSE_OCCUPIED'
        const reservation = this.#reservations.at(site)
        const own =
          reservation !== undefined && reservation.facts.token.uid === token.uid ? reservation : undefined
        if (reservation !== undefined && own === undefined) return 'EVSE_OCCUPIED'
        const plugged = site.plugged ?? this.#visit(site, request.connectorId, own)
        if (plugged === undefined) return 'FAILED'
        const { authorizationReference } = request
        const opening = {
          site,
          plugged,
          token,
          authMethod: 'COMMAND',
          authorizationReference,
          by: 'command',
        } as const
        if (own !== undefined) this.#reservations.use(own)
        const session = this.#open(opening, own)
        if (session !== undefined && isVisitor(site)) this.#track(this.#visitorLeaves(session))
        return session === undefined ? 'FAILED' : 'ACCEPTED'
      },
      stop: (sessionId) => {
        const session = this.#sessionOf(sessionId)
        if (session === undefined) return 'REJECTED'
        session.stop('command')
        return 'ACCEPTED'
      },
      reserve: ({ site, token, command, reservationId, minutes, connectorId, authorizationReference }) => {
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
        })
        return reservation === undefined ? 'EVSE_OCCUPIED' : 'ACCEPTED'
      },
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

  /** Somebody from outside started here: a car comes along, charges, and leaves when it is stopped. */
  #visit(
    site: SiteEvse,
    connectorId: string | undefined,
    reservation: Reservation | undefined,
  ): PluggedCar | undefined {
    const connector = site.evse.connectors.find((c) => c.id === connectorId) ?? site.evse.connectors[0]
    const number = (this.#visits.get(site) ?? 0) + 1
    const suitable = connector === undefined ? [] : cars.filter((car) => fits(car, connector))
    if (connector === undefined || suitable.length === 0) return undefined
    const reservationId = reservation?.facts.id
    const carId = `visitor-${number}`
    if (this.context.site.move(site, { kind: 'plugIn', carId, reservationId }) !== undefined) return undefined
    this.#visits.set(site, number)
    site.plugged = { ...visitorCar(this.context.seed, site, number, suitable), connectorId: connector.id }
    return site.plugged
  }

  /** A visitor leaves when the session was stopped, or after a while. */
  async #visitorLeaves(session: LiveSession): Promise<void> {
    const { clock, seed, signal } = this.context
    const stay = randomStream(seed, 'visit', session.facts.id.replace(/^ses-[^-]*-/, '')).integer(30, 120)
    const leaving = linkAbort(signal)
    void session.over.then(leaving.abort)
    await clock.sleepUntilS(clock.nowS() + stay * 60, leaving.signal)
    leaving.release()
    this.unplug(session.site, 'left')
  }
}

/** The back end of a CPO over one node's operator API. */
export const createCpoBackEnd = (context: CpoContext): CpoBackEnd => new CpoSide(context)
