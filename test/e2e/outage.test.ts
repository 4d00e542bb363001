import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { versionsUrlFor } from '../support/connect.js'
import { cdr, cdrToken, evse, location, session, tariff } from '../support/documents.js'
import {
  ForeignParty,
  type ForeignVersion,
  type Received,
  type StubAnswer,
} from '../support/foreign-party.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/**
 * A CPO node and three eMSPs: one is always well, one goes away for a while and comes back, one hangs and then talks
 * garbage. Design 6: a partner that was away gets the current state once per object, others never notice (promise 2).
 */

const METHODS = ['GET', 'PUT', 'PATCH', 'POST', 'DELETE']
/** A change reaches a healthy partner within this time, whatever the others do. */
const PROMPT_MS = 5_000

const value = (body: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    body,
  )

/** An eMSP that answers receiver requests as it is told and keeps the writes it accepted. */
class Emsp {
  readonly accepted: Received[] = []
  attempts = 0
  /** What it does instead of accepting; undefined: it accepts. */
  misbehave: ((request: Received) => StubAnswer | undefined) | undefined
  id = ''

  private constructor(
    readonly party: ForeignParty,
    private readonly receiver: string,
  ) {
    for (const method of METHODS)
      party.routes.set(`${method} ${receiver}`, (request) => this.#answer(request))
    // What sync asks when nothing waits to be sent fails like the rest; registration is over by then.
    party.routes.set('GET /versions', (request) => this.misbehave?.(request) ?? this.#versions())
  }

  static async join(node: TestNode, version: ForeignVersion, partyId: string): Promise<Emsp> {
    const options = {
      version,
      role: 'EMSP' as const,
      party: { country_code: 'DE', party_id: partyId },
      endpoints: ['locations', 'tariffs', 'sessions', 'cdrs'].map((identifier) => ({
        identifier,
        role: 'RECEIVER' as const,
      })),
    }
    const party = await ForeignParty.start(options)
    const emsp = new Emsp(party, `/${version}/receiver`)
    const { body } = await node.api('POST', '/partners', { name: partyId })
    emsp.id = String(value(body, 'id'))
    await party.register(versionsUrlFor(options, body), String(value(body, 'token_a')))
    return emsp
  }

  /** Bodies that were accepted at a path below the receiver, oldest first. */
  at(path: string): unknown[] {
    return this.accepted
      .filter((request) => request.path === `${this.receiver}${path}`)
      .map(({ body }) => body)
  }

  #answer(request: Received): StubAnswer {
    this.attempts += 1
    const instead = this.misbehave?.(request)
    if (instead !== undefined) return instead
    if (request.method === 'GET') return { http: 404, code: 2003 }
    this.accepted.push(request)
    return { http: request.method === 'POST' ? 201 : 200 }
  }

  #versions(): StubAnswer {
    const { url, options } = this.party
    return { data: [{ version: options.version, url: `${url}/${options.version}` }] }
  }
}

describe.each(['2.3.0', '2.1.1'] as const)('with partners on OCPI %s,', (version) => {
  const RECEIVER = `/${version}/receiver`
  let node: TestNode
  let healthy: Emsp
  let returning: Emsp
  let hostile: Emsp

  const EVSE = '/locations/DE/CPO/LOC1/E1'
  let turn = 0

  /** Changes the status of an EVSE to a state of its own; answers the mark that tells it. */
  const changeStatus = async (): Promise<string> => {
    turn += 1
    const mark = `turn ${turn}`
    const changed = await node.api('PATCH', '/locations/DE/CPO/LOC1/evses/E1', {
      status: turn % 2 === 0 ? 'AVAILABLE' : 'CHARGING',
      physical_reference: mark,
    })
    expect(changed.status).toBe(200)
    return mark
  }

  const marksAt = (emsp: Emsp): unknown[] => emsp.at(EVSE).map((body) => value(body, 'physical_reference'))

  /** The healthy partner has a change soon; the write itself was not held up either. */
  const expectPrompt = async (): Promise<void> => {
    const began = performance.now()
    const mark = await changeStatus()
    await eventually('change at the healthy partner', () => marksAt(healthy).includes(mark), PROMPT_MS)
    expect(performance.now() - began).toBeLessThan(PROMPT_MS)
  }

  const healthOf = async (emsp: Emsp) => {
    const { body } = await node.api('GET', `/partners/${emsp.id}`)
    return {
      state: value(body, 'health', 'state'),
      outages: Number(value(body, 'health', 'outages')),
      retryAt: value(body, 'health', 'retry_at'),
      lastError: value(body, 'health', 'last_error'),
      backlog: (module: string) => Number(value(body, 'health', 'backlog', module)),
    }
  }

  const untilNothingWaits = (emsp: Emsp) =>
    eventually('an empty backlog', async () => {
      const { body } = await node.api('GET', `/partners/${emsp.id}`)
      const backlog = value(body, 'health', 'backlog')
      return (
        typeof backlog === 'object' && backlog !== null && Object.values(backlog).every((left) => left === 0)
      )
    })

  const forParty = (partyId: string, uid: string) => ({ cdr_token: cdrToken(uid, { party_id: partyId }) })

  beforeAll(async () => {
    node = await startTestNode({
      syncLimits: { requestTimeoutMs: 1_500, backoff: { firstMs: 100, longestMs: 1_000 } },
    })
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'CPO' } })
    await node.api('PUT', '/tariffs/DE/CPO/AC-DAY', tariff())
    await node.api('PUT', '/locations/DE/CPO/LOC1', location())
    healthy = await Emsp.join(node, version, 'HEA')
    returning = await Emsp.join(node, version, 'RET')
    hostile = await Emsp.join(node, version, 'HOS')
    for (const emsp of [healthy, returning, hostile]) await untilNothingWaits(emsp)
  })

  afterAll(async () => {
    await node?.[Symbol.asyncDispose]()
    for (const emsp of [healthy, returning, hostile]) await emsp?.party[Symbol.asyncDispose]()
  })

  describe('while one partner is away and another is hostile', () => {
    it('a healthy partner gets each change at once', async () => {
      returning.misbehave = () => ({ http: 503, raw: 'gone fishing' })
      hostile.misbehave = () => ({ hangMs: 20_000 })
      for (let round = 0; round < 5; round++) await expectPrompt()
    })

    it('what waits for the partner that is away is shown, and since when it fails', async () => {
      await node.api('PUT', '/tariffs/DE/CPO/AC-NEW', tariff('AC-NEW'))
      await node.api('PUT', '/sessions/DE/CPO/S1', session('S1', { kwh: 1, ...forParty('RET', 'R1') }))
      const health = await eventually('an outage', async () => {
        const now = await healthOf(returning)
        return now.state === 'down' ? now : undefined
      })
      expect(health.outages).toBeGreaterThan(0)
      expect(Date.parse(String(health.retryAt))).toBeGreaterThan(0)
      expect(health.lastError).toContain('503')
      expect(health.backlog('tariffs')).toBeGreaterThan(0)
      expect(health.backlog('locations')).toBeGreaterThan(0)
      expect(health.backlog('sessions')).toBeGreaterThan(0)
      const good = await healthOf(healthy)
      expect(good.state).toBe('up')
    })

    it('goes on when the outage changes its face: connections are cut, answers are garbage', async () => {
      returning.misbehave = () => ({ hangMs: 0 })
      hostile.misbehave = () => ({ raw: '<html>'.repeat(20_000) })
      for (let round = 0; round < 5; round++) await expectPrompt()
      hostile.misbehave = () => ({ raw: '{"status_code":1000' })
      for (let round = 0; round < 3; round++) await expectPrompt()
      for (let kwh = 2; kwh <= 6; kwh++)
        await node.api('PUT', '/sessions/DE/CPO/S1', session('S1', { kwh, ...forParty('RET', 'R1') }))
      await node.api('PUT', '/cdrs/DE/CPO/CDR1', cdr('CDR1', forParty('RET', 'R1')))
      await node.api('PUT', '/locations/DE/CPO/LOC2', location('LOC2', { evses: [evse('F1')] }))
    })

    it('a restart of the node in the middle loses nothing and tells the healthy partner nothing twice', async () => {
      await untilNothingWaits(healthy)
      const before = healthy.accepted.length
      await node.restart()
      await expectPrompt()
      await untilNothingWaits(healthy)
      expect(healthy.accepted.slice(before).map(({ path }) => path)).toEqual([`${RECEIVER}${EVSE}`])
      const health = await healthOf(returning)
      expect(health.state).toBe('down')
      expect(health.backlog('cdrs')).toBe(1)
      expect(health.backlog('sessions')).toBe(1)
    })

    it('keeps a refusal with its reason, shows it, and sends everything else', async () => {
      healthy.misbehave = ({ path }) =>
        path === `${RECEIVER}/tariffs/DE/CPO/AC-ODD` ? { http: 200, code: 2001 } : undefined
      await node.api('PUT', '/tariffs/DE/CPO/AC-ODD', tariff('AC-ODD'))
      const refusal = await eventually('a refusal', async () => {
        const { body } = await node.api('GET', `/partners/${healthy.id}/refusals`)
        return value(body, 'items', 0)
      })
      expect(refusal).toMatchObject({ kind: 'tariff', id: 'AC-ODD', http_status: 200, status_code: 2001 })
      await expectPrompt()
      await untilNothingWaits(healthy)
      expect(await healthOf(healthy)).toMatchObject({ state: 'up' })

      healthy.misbehave = undefined
      await node.api('PUT', '/tariffs/DE/CPO/AC-ODD', tariff('AC-ODD', { currency: 'CHF' }))
      await eventually('the accepted tariff', () => healthy.at('/tariffs/DE/CPO/AC-ODD').length === 1)
      await eventually('the end of the refusal', async () => {
        const { body } = await node.api('GET', `/partners/${healthy.id}/refusals`)
        return value(body, 'items', 'length') === 0
      })
    })
  })

  describe('when the partner is back', () => {
    let newest = ''

    it('it gets each object once, in its newest state, by itself', async () => {
      newest = await changeStatus()
      const before = returning.accepted.length
      returning.misbehave = undefined
      await untilNothingWaits(returning)
      const caughtUp = returning.accepted.slice(before)
      expect(caughtUp.map(({ path }) => path.slice(RECEIVER.length)).sort()).toEqual([
        '/cdrs',
        EVSE,
        '/locations/DE/CPO/LOC2',
        '/sessions/DE/CPO/S1',
        '/tariffs/DE/CPO/AC-NEW',
        '/tariffs/DE/CPO/AC-ODD',
      ])
      expect(value(returning.at(EVSE).at(-1), 'physical_reference')).toBe(newest)
      expect(value(returning.at('/sessions/DE/CPO/S1').at(-1), 'kwh')).toBe(6)
      expect(value(returning.at('/tariffs/DE/CPO/AC-ODD').at(-1), 'currency')).toBe('CHF')
      expect(value(returning.at('/cdrs').at(-1), 'id')).toBe('CDR1')
      expect(await healthOf(returning)).toMatchObject({ state: 'up', outages: 0, retryAt: null })
    })

    it('it is told of later changes in their order, and of the CDR no second time', async () => {
      const before = marksAt(returning).length
      const told: string[] = []
      for (let round = 0; round < 5; round++) told.push(await changeStatus())
      await untilNothingWaits(returning)
      const heard = marksAt(returning).slice(before)
      expect(heard.at(-1)).toBe(told.at(-1))
      expect(heard).toEqual(told.filter((mark) => heard.includes(mark)))
      expect(returning.at('/cdrs')).toHaveLength(1)
    })

    it('the hostile one, once it behaves, gets the current state too', async () => {
      newest = await changeStatus()
      hostile.misbehave = undefined
      await untilNothingWaits(hostile)
      expect(value(hostile.at(EVSE).at(-1), 'physical_reference')).toBe(newest)
      expect(hostile.at('/locations/DE/CPO/LOC2')).toHaveLength(1)
      expect(hostile.at(EVSE).map((body) => value(body, 'physical_reference'))).toHaveLength(1)
    })
  })
})
