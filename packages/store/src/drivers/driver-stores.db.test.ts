import { partyOf } from '@interwatt/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessionKey } from '../keys/index.js'
import { createObjectLookup } from '../lookup/object-lookup.js'
import { createObjectStore } from '../objects/index.js'
import type { Driver, DriverAccessStore, DriverStore, ProblemReportStore } from '../ports/index.js'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { createDriverAccessStore } from './driver-access-store.js'
import { createDriverStore } from './driver-store.js'
import { createProblemReportStore } from './problem-report-store.js'

let test: TestDatabase
let drivers: DriverStore
let access: DriverAccessStore
let reports: ProblemReportStore

const party = partyOf('DE', 'MSP')
const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const at = (minute: number): string => new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString()

const driver = (number: number, change: Partial<Driver> = {}): Driver => ({
  ...{
    id: idOf(number),
    party,
    contractId: `DE-MSP-C${number}`,
    email: `d${number}@example.com`,
    name: `Driver ${number}`,
  },
  ...{ language: 'en', defaultVehicleId: null, isDemo: false, createdAt: at(number) },
  ...change,
})

beforeAll(async () => {
  test = await testDatabase()
  drivers = createDriverStore(test.database)
  access = createDriverAccessStore(test.database)
  reports = createProblemReportStore(test.database)
  for (const number of [1, 2, 3]) await drivers.add(driver(number))
})
afterAll(() => test.drop())

describe('drivers', () => {
  it('are listed the newest first, from where a page ended, by a part of what they are called', async () => {
    const ids = async (query: Parameters<DriverStore['list']>[0]) =>
      (await drivers.list(query)).map(({ id }) => id)
    expect(await ids({ limit: 2 })).toEqual([idOf(3), idOf(2)])
    expect(await ids({ limit: 2, after: idOf(2) })).toEqual([idOf(1)])
    expect(await ids({ limit: 9, search: 'DRIVER 2' })).toEqual([idOf(2)])
    expect(await ids({ limit: 9, search: 'd3@' })).toEqual([idOf(3)])
    expect(await ids({ limit: 9, search: 'msp-c1' })).toEqual([idOf(1)])
    expect(await ids({ limit: 9, search: '%' })).toEqual([])
  })

  it('keep notes about tokens that are theirs only', async () => {
    const token = { party, uid: '04AB', type: 'RFID', label: null, addedAt: at(0), blockedAt: null }
    await drivers.addToken(idOf(1), token)
    expect(await drivers.updateToken(idOf(2), token, { label: 'mine' })).toBe(false)
    expect(await drivers.updateToken(idOf(1), token, { label: 'blue', blockedAt: at(5) })).toBe(true)
    expect(await drivers.tokens(idOf(1))).toEqual([{ ...token, label: 'blue', blockedAt: at(5) }])
    await drivers.updateToken(idOf(1), token, { blockedAt: null })
    expect(await drivers.tokens(idOf(1))).toMatchObject([{ label: 'blue', blockedAt: null }])
    expect([await drivers.removeToken(idOf(2), token), await drivers.removeToken(idOf(1), token)]).toEqual([
      false,
      true,
    ])
  })
})

describe('codes', () => {
  const address = { party, email: 'robin@example.com' }
  const code = { ...address, hash: 'h1', language: 'de', expiresAt: at(10) } as const

  it('are one for each address, with a bounded number of tries', async () => {
    await access.putCode({ ...code, hash: 'h0' })
    await access.putCode(code)
    for (let attempt = 0; attempt < 3; attempt += 1)
      expect(await access.tryCode(address, at(0), 3)).toEqual({ hash: 'h1', language: 'de' })
    expect(await access.tryCode(address, at(0), 3)).toBeUndefined()
    await access.putCode(code)
    expect(await access.tryCode(address, at(0), 3)).toBeDefined()
  })

  it('count no more at the moment they expire, nor for another eMSP', async () => {
    await access.putCode(code)
    expect(await access.tryCode(address, at(10), 3)).toBeUndefined()
    expect(await access.tryCode({ ...address, party: partyOf('NL', 'MSP') }, at(0), 3)).toBeUndefined()
  })

  it('are used by one only', async () => {
    await access.putCode(code)
    const uses = await Promise.all([1, 2, 3].map(() => access.useCode(code)))
    expect(uses.filter(Boolean)).toHaveLength(1)
  })
})

describe('challenges', () => {
  it('are taken once, until they expire, and go with their driver', async () => {
    const challenge = {
      hash: 'c1',
      purpose: 'add',
      challenge: 'abc',
      driverId: idOf(1),
      expiresAt: at(5),
    } as const
    await access.addChallenge(challenge)
    expect(await access.takeChallenge('c1', at(5))).toBeUndefined()
    expect(await access.takeChallenge('c1', at(4))).toEqual(challenge)
    expect(await access.takeChallenge('c1', at(4))).toBeUndefined()
    await access.addChallenge({ ...challenge, driverId: null })
    await access.prune(at(6))
    expect(await access.takeChallenge('c1', at(0))).toBeUndefined()
  })
})

describe('passkeys', () => {
  const passkey = (id: string, counter: number) => ({
    ...{
      id,
      driverId: idOf(1),
      publicKey: 'pk',
      counter,
      transports: ['internal'],
      name: 'P',
      backedUp: false,
    },
    ...{ createdAt: at(0), lastUsedAt: null },
  })

  it('have to count up, or never count', async () => {
    expect(await access.addPasskey(passkey('counts', 4_000_000_000))).toBe(true)
    const use = (id: string, counter: number) => access.usePasskey({ id, counter, backedUp: true, at: at(1) })
    expect(await use('counts', 4_000_000_000)).toBe(false)
    expect(await use('counts', 4_000_000_001)).toBe(true)
    expect(await use('counts', 0)).toBe(false)
    expect(await access.passkey('counts')).toMatchObject({
      counter: 4_000_000_001,
      backedUp: true,
      lastUsedAt: at(1),
    })
    await access.addPasskey(passkey('never', 0))
    expect([await use('never', 0), await use('never', 0)]).toEqual([true, true])
    expect(await use('unknown', 1)).toBe(false)
  })

  it('belong to one driver', async () => {
    expect(await access.addPasskey({ ...passkey('counts', 0), driverId: idOf(2) })).toBe(false)
    expect(await access.removePasskey(idOf(2), 'counts')).toBe(false)
    expect(await access.removePasskey(idOf(1), 'counts')).toBe(true)
    expect((await access.passkeys(idOf(1))).map(({ id }) => id)).toEqual(['never'])
  })
})

describe('problem reports', () => {
  it('are found by state and driver, are changed, and go with their driver', async () => {
    const report = (number: number, driverId: string) =>
      ({
        ...{
          id: idOf(number),
          driverId,
          kind: 'other',
          state: 'open' as const,
          text: 'x',
          chargeId: null,
          answer: null,
        },
        ...{ place: { countryCode: 'DE', partyId: 'CPO', locationId: 'L', evseUid: null } },
        ...{ answeredAt: null, answeredBy: null, createdAt: at(number), updatedAt: at(number) },
      }) as const
    for (const [number, owner] of [
      [11, 2],
      [12, 3],
      [13, 3],
    ] as const)
      await reports.add(report(number, idOf(owner)))
    const ids = async (query: Parameters<ProblemReportStore['list']>[0]) =>
      (await reports.list(query)).map(({ id }) => id)
    expect(await ids({ limit: 2 })).toEqual([idOf(13), idOf(12)])
    expect(await ids({ limit: 2, after: idOf(12) })).toEqual([idOf(11)])
    expect(await ids({ limit: 9, driverId: idOf(2) })).toEqual([idOf(11)])
    const answered = {
      state: 'answered',
      answer: 'y',
      answeredAt: at(20),
      answeredBy: 'k1',
      updatedAt: at(20),
    } as const
    expect(await reports.update(idOf(13), answered)).toMatchObject({
      ...answered,
      driver: { contractId: 'DE-MSP-C3' },
    })
    expect(await reports.update(idOf(99), answered)).toBeUndefined()
    expect(await ids({ limit: 9, state: 'answered' })).toEqual([idOf(13)])
    await drivers.remove(idOf(3))
    expect(await ids({ limit: 9 })).toEqual([idOf(11)])
  })
})

describe('sessions of a contract', () => {
  it('are found by contract and eMSP in any case, and nobody else is', async () => {
    const session = (id: string, token: object) => ({
      ...{
        key: sessionKey(partyOf('NL', 'CPO'), id),
        document: { id, cdr_token: token },
        lastUpdated: at(0),
      },
      ...{ versionIn: '2.3.0' as const, unmapped: null, receivedFrom: null, changedFields: null },
    })
    const upserts = [
      session('S1', { country_code: 'DE', party_id: 'MSP', contract_id: 'DE-MSP-CA' }),
      session('S2', { country_code: 'de', party_id: 'msp', contract_id: 'de-msp-ca' }),
      session('S3', { country_code: 'FR', party_id: 'MSP', contract_id: 'DE-MSP-CA' }),
      session('S4', { country_code: 'DE', party_id: 'MSP', contract_id: 'DE-MSP-CB' }),
    ]
    await createObjectStore(test.database).write({ reads: [], plan: () => ({ upserts, result: null }) })
    const found = await createObjectLookup(test.database).ofContract('session', party, {
      contractId: 'DE-msp-CA',
      limit: 9,
    })
    expect(found.map(({ document }) => document.id)).toEqual(['S2', 'S1'])
  })
})
