import { createWorld, type World, type WorldEvent } from '@interwatt/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { introduce } from '../support/connect.js'
import { connector, evse, location } from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** The simulated world over two real nodes: a provider limits running sessions and reads the effect from their energy. */
const LIMIT_A = 8
const CAPABLE = ['REMOTE_START_STOP_CAPABLE', 'RFID_READER', 'CHARGING_PROFILE_CAPABLE']
const SPEED = 240

describe('smart charging between two nodes', () => {
  let cpo: TestNode
  let emsp: TestNode
  let world: World
  const events: WorldEvent[] = []
  const seen = <T extends WorldEvent['type']>(type: T) =>
    events.filter((event): event is Extract<WorldEvent, { type: T }> => event.type === type)

  beforeAll(async () => {
    cpo = await startTestNode()
    emsp = await startTestNode()
    await cpo.api('PUT', '/parties/DE/SIM', { roles: ['CPO'], business_details: { name: 'CPO' } })
    await emsp.api('PUT', '/parties/DE/DRV', { roles: ['EMSP'], business_details: { name: 'eMSP' } })
    await introduce({ node: cpo, name: 'CPO' }, { node: emsp, name: 'eMSP' })
    const evses = ['E1', 'E2', 'E3'].map((uid) =>
      evse(uid, { capabilities: CAPABLE, connectors: [connector('1', { tariff_ids: undefined })] }),
    )
    const door = ({ url, apiKey }: TestNode) => ({ apiUrl: `${url}/api/v1`, apiKey })
    world = createWorld({
      seed: 3,
      speed: SPEED,
      drivers: 3,
      cpo: { ...door(cpo), countryCode: 'DE', partyId: 'SIM', name: 'CPO' },
      emsp: { ...door(emsp), countryCode: 'DE', partyId: 'DRV', name: 'eMSP' },
      locations: [location('LOC1', { party_id: 'SIM', evses })] as never,
      rates: {
        commandFailure: 0,
        commandLate: 0,
        commandSilent: 0,
        faultsPerEvseDay: 0,
        blocksPerEvseDay: 0,
      },
      pushEveryMs: 200,
      steering: { unit: 'A', limit: LIMIT_A, watchMinutes: 5, holdMinutes: 10 },
      onStep: (event) => events.push(event),
    })
    expect(await world.start()).toEqual({ kind: 'started' })
  })

  afterAll(async () => {
    await world?.stop()
    for (const node of [cpo, emsp]) await node?.[Symbol.asyncDispose]()
  })

  it('lowers the power of a running session, shows in its energy, and is taken back (CP-009, CP-019)', async () => {
    const effect = await eventually('an effect', () => seen('steering.effect')[0], 60_000)
    expect(effect).toMatchObject({ unit: 'A', limit: LIMIT_A })
    expect(effect.duringW).toBeLessThan(effect.beforeW)
    const cleared = await eventually(
      'the clearing',
      () =>
        seen('steering.asked').find(
          ({ session, request }) => session === effect.session && request === 'CLEAR',
        ),
      30_000,
    )
    const asked = seen('steering.asked').filter(({ session }) => session === effect.session)
    expect(asked[0]).toMatchObject({ request: 'SET', result: 'ACCEPTED' })
    const inForce = (event: WorldEvent): boolean => {
      const answers = seen('profile.answered').filter(({ session }) => session === effect.session)
      const before = answers.filter((answer) => events.indexOf(answer) < events.indexOf(event))
      return before.at(-1)?.request === 'SET'
    }
    const metered = seen('session.metered').filter(({ session }) => session === effect.session)
    const limited = metered
      .filter(inForce)
      .map(({ powerKw }) => powerKw)
      .filter((powerKw) => powerKw > 0)
    expect(limited.length).toBeGreaterThan(2)
    // 230 V and 8 A make 1,840 W for a car of one phase, 5,520 W for one of three. The first report may be of the minute before.
    expect(new Set(limited.slice(1)).size).toBe(1)
    expect([1.84, 3.68, 5.52]).toContain(limited.at(-1))
    expect(Math.abs(effect.duringW - (limited.at(-1) ?? 0) * 1000)).toBeLessThan(
      effect.beforeW - effect.duringW,
    )
    expect(['ACCEPTED', 'REJECTED']).toContain(cleared.result)
  })

  it('tells the provider what is active, and at the end the most the connector gives (CP-011, CP-016)', async () => {
    const requests = async (direction: string) =>
      (
        (await cpo.api('GET', `/charging-profiles?direction=${direction}`)).body as {
          items: { state: string }[]
        }
      ).items
    const actives = await eventually('a released session', async () => {
      const feed = await emsp.node.stores.events.feed({
        after: 0,
        limit: 1000,
        types: ['charging_profile.active'],
      })
      const told = feed.map(({ data }) => JSON.stringify(data))
      return told.some((text) => text.includes('"A"')) && told.some((text) => text.includes('"W"'))
        ? told
        : undefined
    })
    expect(actives.some((text) => text.includes(`"limit":${LIMIT_A}`))).toBe(true)
    expect((await requests('received')).length).toBeGreaterThan(0)
    expect(seen('trouble').filter(({ doing }) => doing === 'steering')).toEqual([])
  })
})
