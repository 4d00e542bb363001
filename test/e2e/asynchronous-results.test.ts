import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connected, connect } from '../support/connect.js'
import { location, location211, session, session211, session221, token } from '../support/documents.js'
import type { ForeignVersion, Received } from '../support/foreign-party.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/**
 * Every kind of request whose result comes later, in every version that has it: a result to an address that was never given out, is
 * used up or out of time changes nothing. The clock of the node is the test's.
 */
const OTHER = { country_code: 'NL', party_id: 'OTH' }
const ENDPOINTS = [
  { identifier: 'tokens', role: 'RECEIVER' },
  { identifier: 'commands', role: 'RECEIVER' },
  { identifier: 'sessions', role: 'SENDER' },
] as const
const PLACE = { location_id: 'LOC1', evse_uid: 'E1' }
const DAY_MS = 86_400_000

type Json = Record<string, unknown>

interface Kind {
  readonly name: string
  readonly ask: readonly [method: string, path: string, body?: object]
  /** Where the operator follows it. */
  readonly collection: 'commands' | 'charging-profiles'
  /** HTTP status of a second result: commands take it and ignore it (CMD-071), charging profiles do not (CP-031). */
  readonly again: 200 | 404
  /** Further fields of a result. */
  readonly result?: object
  /** A result that comes after the time is up is still taken for this long, in milliseconds (CMD-070). */
  readonly lateMs: number
}

const HOUR_MS = 3_600_000
const command = (name: string, body: object): Kind => ({
  name,
  ask: ['POST', `/commands/${name}`, body],
  collection: 'commands',
  again: 200,
  lateMs: HOUR_MS,
})
const reserved = () => ({
  ...command('RESERVE_NOW', {
    token: 'T1',
    ...PLACE,
    reservation_id: '7',
    expiry_date: new Date(Date.now() + DAY_MS).toISOString(),
  }),
  // The reservation may be cancelled until it ends (CMD-062).
  lateMs: DAY_MS + HOUR_MS,
})
const COMMANDS: readonly Kind[] = [
  command('START_SESSION', { token: 'T1', ...PLACE }),
  command('STOP_SESSION', { session_id: 'S1' }),
  reserved(),
  command('UNLOCK_CONNECTOR', { ...PLACE, connector_id: '1' }),
]
const CANCEL = command('CANCEL_RESERVATION', { reservation_id: '7' })

const charging_profile = {
  charging_rate_unit: 'A',
  charging_profile_period: [{ start_period: 0, limit: 8 }],
}
const SESSION = '/sessions/DE/CPO/S1'
const profile = (name: string, ...ask: Kind['ask']): Kind => ({
  name,
  ask,
  collection: 'charging-profiles',
  again: 404,
  lateMs: 0,
})
const PROFILES: readonly Kind[] = [
  profile('set a charging profile', 'PUT', `${SESSION}/charging-profile`, charging_profile),
  profile('clear it', 'DELETE', `${SESSION}/charging-profile`),
  {
    ...profile('read the active one', 'POST', `${SESSION}/active-charging-profile`),
    result: { profile: { start_date_time: '2026-03-01T10:00:00Z', charging_profile } },
  },
]

const MATRIX: readonly { version: ForeignVersion; kinds: readonly Kind[] }[] = [
  { version: '2.1.1', kinds: COMMANDS },
  { version: '2.2.1', kinds: [...COMMANDS, CANCEL, ...PROFILES] },
  { version: '2.3.0', kinds: [...COMMANDS, CANCEL, ...PROFILES] },
]

describe.each(MATRIX)('a result from a CPO on $version', ({ version, kinds }) => {
  let aheadMs = 0
  let node: TestNode
  let cpo: Connected
  let other: Connected

  const isOld = version === '2.1.1'
  const responseUrlIn = ({ query, body }: Received): string | undefined =>
    query.get('response_url') ?? (body as { response_url?: string } | undefined)?.response_url
  const responseUrl = (): string =>
    cpo.party.received
      .map(responseUrlIn)
      .filter((url) => url !== undefined)
      .at(-1) ?? ''
  const tell = (kind: Kind, result: string, url: string, from = cpo) =>
    from.party.send('POST', url, { body: { result, ...kind.result } })
  const ask = async ({ ask: [method, path, body] }: Kind): Promise<{ id: string; url: string }> => {
    const answer = await node.api(method, path, body)
    expect(answer).toMatchObject({ status: 201, body: { response: 'ACCEPTED' } })
    return { id: String((answer.body as Json).id), url: responseUrl() }
  }
  const shown = async (kind: Kind, id: string): Promise<Json> =>
    (await node.api('GET', `/${kind.collection}/${id}`)).body as Json
  const activeProfile = async (): Promise<unknown> =>
    (await node.api('GET', `${SESSION}/active-charging-profile`)).body
  const timesOut = (kind: Kind, id: string) =>
    eventually('the end of the wait', async () =>
      (await shown(kind, id)).state === 'TIMEOUT' ? true : undefined,
    )

  beforeAll(async () => {
    node = await startTestNode({ now: () => Date.now() + aheadMs })
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
    await node.api('PUT', '/tokens/DE/MSP/T1', token('T1'))
    const endpoints = isOld
      ? ENDPOINTS
      : [...ENDPOINTS, { identifier: 'chargingprofiles', role: 'RECEIVER' } as const]
    const party = { country_code: 'DE', party_id: 'CPO' }
    cpo = await connect(node, { version, role: 'CPO', party, endpoints })
    other = await connect(node, { version, role: 'CPO', party: OTHER, endpoints })
    const accepted = () => ({ data: { result: 'ACCEPTED', ...(isOld ? {} : { timeout: 30 }) } })
    for (const method of ['GET', 'PUT', 'DELETE'])
      cpo.party.routes.set(`${method} /${version}/receiver/chargingprofiles`, accepted)
    cpo.party.routes.set(`POST /${version}/receiver/commands`, accepted)
    const put = (module: string, id: string, body: unknown) =>
      cpo.party.send('PUT', cpo.party.at(module, 'RECEIVER', `/DE/CPO/${id}`), { body })
    await put('locations', 'LOC1', isOld ? location211() : location())
    const sessions = { '2.1.1': session211, '2.2.1': session221, '2.3.0': session }
    expect((await put('sessions', 'S1', sessions[version]('S1'))).http).toBe(201)
    // What is cancelled later has to be reserved before.
    await ask(reserved())
  })

  afterAll(async () => {
    for (const each of [cpo, other]) await each?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it.each(kinds)(
    'to an unknown address, or of a stranger, changes nothing: $name (CMD-062, CMD-079, CP-031)',
    async (kind) => {
      const { id, url } = await ask(kind)
      const before = [await shown(kind, id), await activeProfile()]
      const guess = url.replace(/.$/, (end) => (end === 'A' ? 'B' : 'A'))
      for (const [address, from] of [
        [guess, cpo],
        [`${url}x`, cpo],
        [url, other],
      ] as const)
        expect((await tell(kind, 'ACCEPTED', address, from)).http).toBe(404)
      expect((await cpo.party.send('POST', url, { token: null, body: { result: 'ACCEPTED' } })).http).toBe(
        401,
      )
      expect([await shown(kind, id), await activeProfile()]).toEqual(before)
    },
  )

  it.each(kinds)('to a used address changes nothing: $name (CMD-071, CP-031)', async (kind) => {
    const { id, url } = await ask(kind)
    expect((await tell(kind, 'REJECTED', url)).http).toBe(200)
    const before = [await shown(kind, id), await activeProfile()]
    expect(before[0]).toMatchObject({ state: 'DONE', result: 'REJECTED' })
    expect((await tell(kind, 'ACCEPTED', url)).http).toBe(kind.again)
    expect([await shown(kind, id), await activeProfile()]).toEqual(before)
  })

  it('to an address out of time changes nothing, of any kind (CMD-062, CMD-070, CP-031)', async () => {
    const asked: (readonly [Kind, { id: string; url: string }])[] = []
    for (const kind of kinds) asked.push([kind, await ask(kind)])
    aheadMs += 90_000
    for (const [kind, { id }] of asked) await timesOut(kind, id)
    // Commands are lenient for a while: a second one of each kind is told late, but in time.
    const late: (readonly [Kind, { id: string; url: string }])[] = []
    for (const kind of kinds.filter(({ lateMs }) => lateMs > 0)) late.push([kind, await ask(kind)])
    aheadMs += 90_000
    for (const [kind, { id, url }] of late) {
      await timesOut(kind, id)
      expect((await tell(kind, 'ACCEPTED', url)).http).toBe(200)
      expect(await shown(kind, id)).toMatchObject({ state: 'DONE', result: 'ACCEPTED' })
    }
    const longest = Math.max(...kinds.map(({ lateMs }) => lateMs))
    aheadMs += longest
    const active = await activeProfile()
    for (const [kind, { id, url }] of asked) {
      const before = await shown(kind, id)
      expect(before).toMatchObject({ state: 'TIMEOUT', result: null })
      expect((await tell(kind, 'ACCEPTED', url)).http, kind.name).toBe(404)
      expect(await shown(kind, id)).toEqual(before)
    }
    expect(await activeProfile()).toEqual(active)
  }, 60_000)
})
