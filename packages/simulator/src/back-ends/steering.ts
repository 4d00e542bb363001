import type { Tell } from '../world-event.js'
import type { Party } from './documents.js'
import type { DoorEvent } from './event-stream.js'
import { at, textAt } from './json.js'
import { type OperatorApi, path } from './operator-api.js'

/** How a smart-charging provider steers: the same limit for each session, for a while. */
export interface SteeringPlan {
  readonly unit: 'W' | 'A'
  /** At most one decimal. */
  readonly limit: number
  /** Virtual minutes it watches before it sets the limit. */
  readonly watchMinutes: number
  /** Virtual minutes the limit lasts before it clears it. */
  readonly holdMinutes: number
}

export interface SteeringContext {
  readonly plan: SteeringPlan
  /** The operator whose sessions are steered. */
  readonly cpo: Party
  readonly api: OperatorApi
  readonly tell: Tell
  readonly signal: AbortSignal
}

/** A meter reading as the Session tells it; whole Wh. */
interface Reading {
  readonly atS: number
  readonly wh: number
}

/** Average power between two readings in whole W; undefined when no time lies between them. */
export const averageW = (from: Reading, to: Reading): number | undefined =>
  to.atS > from.atS ? Math.floor(((to.wh - from.wh) * 3600) / (to.atS - from.atS)) : undefined

type Stage = 'watching' | 'asked' | 'held' | 'clearing' | 'done'

interface Watched {
  stage: Stage
  first: Reading
  beforeW: number | undefined
  /** First reading under the limit, and the latest one. */
  limited: Reading | undefined
  latest: Reading
}

/** A provider of smart charging: sees sessions and requests by events of its node only. */
export interface Steering {
  onEvent(event: DoorEvent): void
  settled(): Promise<void>
}

class Provider implements Steering {
  readonly #sessions = new Map<string, Watched>()
  readonly #requests = new Map<string, { readonly session: string; readonly type: 'SET' | 'CLEAR' }>()
  readonly #running = new Set<Promise<void>>()

  constructor(private readonly context: SteeringContext) {}

  onEvent(event: DoorEvent): void {
    if (this.context.signal.aborted) return
    if (event.type === 'session.created' || event.type === 'session.updated') this.#onSession(event.data)
    if (event.type === 'charging_profile.updated') this.#onRequest(event.data)
  }

  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled([...this.#running])
  }

  #readingOf(data: unknown): Reading {
    const kwh = at(data, 'kwh')
    // Sessions are stamped by the clock of their station, which is that of the world.
    const atMs = Date.parse(textAt(data, 'last_updated') ?? '')
    return { atS: Math.floor(atMs / 1000), wh: Math.round(Number(kwh) * 1000) }
  }

  #onSession(data: unknown): void {
    const id = textAt(data, 'id')
    if (id === undefined || textAt(data, 'party_id') !== this.context.cpo.partyId) return
    if (textAt(data, 'status') !== 'ACTIVE') {
      this.#sessions.delete(id)
      return
    }
    const reading = this.#readingOf(data)
    const watched = this.#sessions.get(id)
    if (watched === undefined) {
      const begun: Watched = {
        stage: 'watching',
        first: reading,
        beforeW: undefined,
        limited: undefined,
        latest: reading,
      }
      this.#sessions.set(id, begun)
      return
    }
    if (reading.atS <= watched.latest.atS) return
    watched.latest = reading
    this.#step(id, watched)
  }

  #step(id: string, watched: Watched): void {
    const { watchMinutes, holdMinutes } = this.context.plan
    const { first, latest } = watched
    if (watched.stage === 'watching' && latest.atS - first.atS >= watchMinutes * 60 && latest.wh > first.wh) {
      watched.stage = 'asked'
      watched.beforeW = averageW(first, latest)
      this.#track(this.#ask('PUT', id, 'SET', this.#profile()))
    }
    if (watched.stage !== 'held') return
    watched.limited ??= latest
    if (latest.atS - watched.limited.atS < holdMinutes * 60) return
    watched.stage = 'clearing'
    this.#tellEffect(id, watched, averageW(watched.limited, latest))
    this.#track(this.#ask('DELETE', id, 'CLEAR', undefined))
  }

  #profile() {
    const { unit, limit } = this.context.plan
    return { charging_rate_unit: unit, charging_profile_period: [{ start_period: 0, limit }] }
  }

  #tellEffect(session: string, { beforeW }: Watched, duringW: number | undefined): void {
    const { unit, limit } = this.context.plan
    if (beforeW === undefined || duringW === undefined) return
    this.context.tell({ type: 'steering.effect', session, unit, limit, beforeW, duringW })
  }

  async #ask(method: 'PUT' | 'DELETE', session: string, type: 'SET' | 'CLEAR', body: unknown): Promise<void> {
    const { cpo, api, tell } = this.context
    const address = `/sessions${path(cpo.countryCode, cpo.partyId, session)}/charging-profile`
    const answer = await api.call(method, address, body, { retry: 'unsent' })
    const id = answer.kind === 'ok' ? textAt(answer.body, 'id') : undefined
    if (id === undefined) {
      const reason = answer.kind === 'ok' ? 'the node named no request' : answer.reason
      tell({ type: 'steering.asked', session, request: type, result: reason })
      return this.#moveOn(session, type, undefined)
    }
    this.#requests.set(id, { session, type })
    // NOTE: the result may have come before this answer was read.
    if (answer.kind === 'ok') this.#onRequest(answer.body)
    const now = await api.call('GET', path('charging-profiles', id))
    if (now.kind === 'ok') this.#onRequest(now.body)
  }

  #onRequest(data: unknown): void {
    const id = textAt(data, 'id')
    const request = id === undefined ? undefined : this.#requests.get(id)
    const state = textAt(data, 'state')
    if (id === undefined || request === undefined || state === 'PENDING' || state === 'ACCEPTED') return
    this.#requests.delete(id)
    const result = textAt(data, 'result') ?? textAt(data, 'response') ?? state
    const { session, type } = request
    this.context.tell({ type: 'steering.asked', session, request: type, result: result ?? 'unknown' })
    this.#moveOn(session, type, result)
  }

  #moveOn(session: string, type: 'SET' | 'CLEAR', result: string | undefined): void {
    const watched = this.#sessions.get(session)
    if (watched !== undefined) watched.stage = type === 'SET' && result === 'ACCEPTED' ? 'held' : 'done'
  }

  #track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : 'unknown'
        this.context.tell({ type: 'trouble', door: 'emsp', doing: 'steering', reason })
      })
      .finally(() => this.#running.delete(tracked))
    this.#running.add(tracked)
  }
}

/** A smart-charging provider over one node's operator API. */
export const createSteering = (context: SteeringContext): Steering => new Provider(context)
