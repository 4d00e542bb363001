import type { CpoBackEnd } from '../back-ends/cpo-back-end.js'
import type { Party } from '../back-ends/documents.js'
import { at, textAt } from '../back-ends/json.js'
import type { Misbehaviour } from '../back-ends/misbehaviour.js'
import { type Answer, type OperatorApi, path } from '../back-ends/operator-api.js'
import type { WorldClock } from '../world/clock.js'
import type { Site, SiteEvse } from '../world/site.js'
import type { NetworkTrouble, TroubledNetwork } from './network.js'

/** Where the explanation of what was acted out is read: at a node, or in the answer itself when nothing was sent. */
export type Trace =
  | { readonly door: 'cpo' | 'emsp'; readonly address: string; readonly id: string }
  | { readonly why: unknown }

/** What faults are acted out with. */
export interface StageParts {
  readonly cpo: Party
  readonly emsp: Party
  readonly cpoApi: OperatorApi
  readonly emspApi: OperatorApi
  readonly site: Site
  readonly back: CpoBackEnd
  readonly clock: WorldClock
  readonly network: TroubledNetwork
  readonly signal: AbortSignal
  misbehave(site: SiteEvse, misbehaviour: Misbehaviour): void
}

/** What a token is issued as. */
export interface Issued {
  readonly type: 'RFID' | 'APP_USER'
  readonly whitelist: 'ALWAYS' | 'NEVER'
  readonly valid: boolean
}

const LOOK_MS = 600
/** Longest wait for anything, in real milliseconds. */
const PATIENCE_MS = 60_000

/** One person at one place; whatever it does carries its mark, so that the network can tell it from others. */
export class Actor {
  constructor(
    private readonly parts: StageParts,
    private readonly place: SiteEvse,
    /** Uid of its token. */
    readonly mark: string,
  ) {}

  /** Somebody else at the same place. */
  other(): Actor {
    return new Actor(this.parts, this.place, `${this.mark}-2`)
  }

  misbehave(misbehaviour: Misbehaviour): void {
    this.parts.misbehave(this.place, misbehaviour)
  }

  disturb(toward: 'cpo' | 'emsp', trouble: NetworkTrouble): void {
    this.parts.network.disturb({ toward, containing: this.mark, trouble })
  }

  /** Issues the token at the eMSP, with a rule if there is to be one; resolves when the CPO has it. */
  async issue(issued: Issued, allowed?: string): Promise<void> {
    const { emspApi, cpoApi, emsp } = this.parts
    const address = `${path('tokens', emsp.countryCode, emsp.partyId, this.mark)}?type=${issued.type}`
    await expectOk(emspApi.call('PUT', address, this.#token(issued)), 'issuing a token')
    const rule = `${path('tokens', emsp.countryCode, emsp.partyId, this.mark, 'authorization')}?type=${issued.type}`
    if (allowed !== undefined) await expectOk(emspApi.call('PUT', rule, { allowed }), 'setting a rule')
    await this.#until('the CPO has the token', async () => {
      const answer = await cpoApi.call('GET', address)
      return answer.kind === 'ok' && at(answer.body, 'valid') === issued.valid
    })
  }

  /** Holds the token to the reader of the place, as a card. */
  async tap(): Promise<Trace> {
    const { location, evse } = this.place
    const answer = await this.parts.cpoApi.call('POST', '/authorizations', {
      token_uid: this.mark,
      type: 'RFID',
      location: { location_id: location.id, evse_uids: [evse.uid] },
    })
    return traceOf(answer, 'cpo', 'authorizations')
  }

  /** Starts at the place with the app. */
  start(change: { readonly evse_uid?: string } = {}): Promise<Trace> {
    return this.#send('START_SESSION', { ...this.#target(), ...change })
  }

  /** Reserves the place for ten minutes. */
  reserve(): Promise<Trace> {
    return this.#send('RESERVE_NOW', {
      ...this.#target(),
      reservation_id: `${this.mark}-R`,
      expiry_date: new Date(this.parts.clock.realMs() + 600_000).toISOString(),
    })
  }

  /** Stops the session of a start when it has charged so much; the trace is that of the stop. */
  async stopAfter(started: Trace, kwh: number): Promise<Trace> {
    const { emspApi, cpo } = this.parts
    const sessionId = await this.#sessionOf(started)
    await this.#until(`session ${sessionId} has ${kwh} kWh`, async () => {
      const answer = await emspApi.call('GET', path('sessions', cpo.countryCode, cpo.partyId, sessionId))
      if (answer.kind !== 'ok' || textAt(answer.body, 'status') !== 'ACTIVE') return false
      return Number(at(answer.body, 'kwh')) >= kwh
    })
    return this.#send('STOP_SESSION', {
      session_id: sessionId,
      country_code: cpo.countryCode,
      party_id: cpo.partyId,
    })
  }

  /** Something happens to the place; resolves when the eMSP shows it. */
  async becomes(what: 'fault' | 'block', status: string): Promise<void> {
    if (what === 'fault') this.parts.back.breakDown(this.place)
    else this.parts.site.move(this.place, { kind: 'block' })
    await this.isShown(status)
  }

  /** Resolves when the eMSP shows this status of the place. */
  async isShown(status: string): Promise<void> {
    const { cpo, emspApi } = this.parts
    const { location, evse } = this.place
    const address = path('locations', cpo.countryCode, cpo.partyId, location.id, 'evses', evse.uid)
    await this.#until(`${this.place.key} is ${status}`, async () => {
      const answer = await emspApi.call('GET', address)
      return answer.kind === 'ok' && textAt(answer.body, 'status') === status
    })
  }

  #target() {
    const { cpo } = this.parts
    const { location, evse } = this.place
    return {
      country_code: cpo.countryCode,
      party_id: cpo.partyId,
      location_id: location.id,
      evse_uid: evse.uid,
      connector_id: evse.connectors[0]?.id,
      token: this.#token({ type: 'APP_USER', whitelist: 'NEVER', valid: true }),
    }
  }

  #token({ type, whitelist, valid }: Issued) {
    const { emsp, clock } = this.parts
    return {
      country_code: emsp.countryCode,
      party_id: emsp.partyId,
      uid: this.mark,
      type,
      contract_id: `${emsp.countryCode}-${emsp.partyId}-${this.mark}`.slice(0, 36),
      issuer: 'Fault finders',
      valid,
      whitelist,
      last_updated: clock.realIso(),
    }
  }

  async #send(command: string, { connector_id: connector, ...body }: { readonly [field: string]: unknown }) {
    const named = command === 'START_SESSION' && connector !== undefined ? { connector_id: connector } : {}
    const answer = await this.parts.emspApi.call(
      'POST',
      path('commands', command),
      { ...body, ...named },
      { retry: 'unsent' },
    )
    return traceOf(answer, 'emsp', 'commands')
  }

  async #sessionOf(started: Trace): Promise<string> {
    if (!('address' in started)) throw new Error('the start was not sent')
    let sessionId: string | undefined
    await this.#until('the start has a session', async () => {
      const answer = await this.parts.emspApi.call('GET', path('commands', started.id))
      sessionId = answer.kind === 'ok' ? textAt(answer.body, 'session_id') : undefined
      return sessionId !== undefined
    })
    return sessionId ?? ''
  }

  async #until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const { clock, signal } = this.parts
    const endMs = clock.realMs() + PATIENCE_MS
    while (!(await holds())) {
      if (signal.aborted) throw new Error('the world stopped')
      if (clock.realMs() > endMs) throw new Error(`not within ${PATIENCE_MS / 1000} s: ${what}`)
      await clock.sleepRealMs(LOOK_MS, signal)
    }
  }
}

const reasonOf = (answer: Answer): string => (answer.kind === 'ok' ? 'no id' : answer.reason)

const expectOk = async (call: Promise<Answer>, doing: string): Promise<void> => {
  const answer = await call
  if (answer.kind !== 'ok') throw new Error(`${doing}: ${answer.reason}`)
}

const traceOf = (answer: Answer, door: 'cpo' | 'emsp', list: string): Trace => {
  const id = answer.kind === 'ok' ? textAt(answer.body, 'id') : undefined
  if (id !== undefined) return { door, id, address: path(list, id, 'why') }
  if (answer.kind === 'refused') return { why: at(answer.body, 'why') }
  throw new Error(reasonOf(answer))
}
