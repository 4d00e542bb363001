import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InboundToken, Partner, PartnerStatus } from '../ports/index.js'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { createPartnerStore } from './partner-store.js'

const partner = (id: string, status: PartnerStatus): Partner => ({
  id,
  name: id,
  status,
  version: '2.3.0',
  versionsUrl: 'https://partner.example/versions',
  endpoints: [],
  roles: [],
  hubParty: null,
  outboundToken: null,
  tokenEncoding: null,
  statusReason: null,
  unlockAllowed: false,
  profilesAllowed: true,
  createdAt: '2026-03-01T10:00:00.000Z',
  registeredAt: null,
})

const token = (partnerId: string, purpose: InboundToken['purpose']): InboundToken => ({
  hash: `${partnerId} ${purpose}`,
  partnerId,
  purpose,
  expiresAt: null,
})

describe('a handshake whose node died', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await testDatabase()
  })
  afterAll(() => test.drop())

  it('ends with both tokens alive, and one that is under way goes on (CRD-035, CRD-045)', async () => {
    const store = createPartnerStore(test.database)
    await store.create(partner('A', 'REGISTERED'), [token('A', 'current')])
    const both = [token('A', 'current'), token('A', 'next')]
    await store.change(['REGISTERED'], { partner: partner('A', 'UPDATING'), inboundTokens: both })
    await store.create(partner('B', 'INVITING'), [token('B', 'next')])
    expect(await store.endInterrupted(60_000)).toBe(0)
    await sleep(20)
    expect(await store.endInterrupted(10)).toBe(2)
    expect((await store.get('A'))?.status).toBe('REGISTERED')
    expect((await store.get('B'))?.status).toBe('UNKNOWN')
    expect((await store.tokensOf('A')).map(({ purpose }) => purpose).sort()).toEqual(['current', 'next'])
    expect(await store.endInterrupted(0)).toBe(0)
  })
})

describe('two connections that register the same party', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await testDatabase()
  })
  afterAll(() => test.drop())

  it('at the same moment: one of them gets it (CRD-013)', async () => {
    const store = createPartnerStore(test.database)
    const roles = [
      { role: 'CPO', party: { countryCode: 'DE', partyId: 'AAA' }, businessDetails: { name: 'A' } },
      { role: 'CPO', party: { countryCode: 'DE', partyId: 'BBB' }, businessDetails: { name: 'B' } },
    ]
    const ids = ['P1', 'P2', 'P3', 'P4']
    for (const id of ids) await store.create(partner(id, 'INVITED'), [])
    const changes = ids.map((id, index) => ({
      partner: { ...partner(id, 'REGISTERED'), roles: index % 2 === 0 ? roles : roles.toReversed() },
      inboundTokens: [],
    }))
    const taken = await Promise.all(changes.map((change) => store.change(['INVITED'], change)))
    expect(taken.filter(Boolean)).toHaveLength(1)
    const owner = ids[taken.indexOf(true)]
    expect(await store.ownerOfRole('CPO', { countryCode: 'DE', partyId: 'BBB' })).toBe(owner)
    expect((await store.list()).filter(({ status }) => status === 'REGISTERED')).toHaveLength(1)
  })
})

describe('our end of a connection of one party each', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await testDatabase()
  })
  afterAll(() => test.drop())

  it('is kept, and keeps claims of one role apart (ROL-006, CRD-013)', async () => {
    const store = createPartnerStore(test.database)
    const party = { countryCode: 'NL', partyId: 'EXA' }
    const roles = [{ role: 'EMSP', party, businessDetails: null }]
    const own = (partyId: string) => ({ role: 'CPO', party: { countryCode: 'DE', partyId } }) as const
    await store.create({ ...partner('ONE', 'REGISTERED'), roles, own: own('ABC') }, [])
    expect((await store.get('ONE'))?.own).toEqual(own('ABC'))
    expect((await store.list())[0]?.own).toEqual(own('ABC'))
    expect(await store.ownerOfRole('EMSP', party, own('ABC'))).toBe('ONE')
    expect(await store.ownerOfRole('EMSP', party, own('XYZ'))).toBeUndefined()
    expect(await store.ownerOfRole('EMSP', party, null)).toBe('ONE')
    expect(await store.ownerOfRole('EMSP', party)).toBe('ONE')
    await store.change(['REGISTERED'], {
      partner: { ...partner('ONE', 'REGISTERED'), roles },
      inboundTokens: [],
    })
    expect((await store.get('ONE'))?.own).toBeNull()
    expect(await store.ownerOfRole('EMSP', party, own('XYZ'))).toBe('ONE')
  })
})
