import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cdrKey, tokenKey } from '../keys/index.js'
import { createObjectLookup } from '../lookup/object-lookup.js'
import { createObjectStore } from '../objects/index.js'
import { createPartnerStore } from '../partners/partner-store.js'
import type { CdrCheckRecord, CdrReview, CheckChange, ObjectKey } from '../ports/index.js'
import { createPartnerProfileStore } from '../profiles/profile-store.js'
import { type TestDatabase, testDatabase, untilVisible } from '../testing/index.js'
import { createCdrCheckStore } from './cdr-check-store.js'

const CPO = { countryCode: 'DE', partyId: 'CPO' }
const at = (seconds: number): string => new Date(Date.UTC(2026, 2, 1, 10, 0, seconds)).toISOString()

let test: TestDatabase
beforeAll(async () => {
  test = await testDatabase()
})
afterAll(() => test.drop())

const checks = () => createCdrCheckStore(test.database)
const store = async (key: ObjectKey, document: Record<string, unknown> = {}, deleted = false) => {
  await createObjectStore(test.database).write({
    reads: [],
    plan: () => ({
      upserts: [
        {
          key,
          document: { id: key.id, ...document },
          lastUpdated: at(0),
          versionIn: '2.2.1',
          unmapped: null,
          receivedFrom: 'p1',
          changedFields: null,
          deleted,
        },
      ],
      result: null,
    }),
  })
  await untilVisible(test.database)
}

const review: CdrReview = { state: 'held', note: 'too dear', by: 'rule', at: at(1) }
const record = (outcome: 'agrees' | 'differs', decided: CdrReview | null = null): CdrCheckRecord => ({
  result: {
    outcome,
    checkedAt: at(1),
    difference: { before_taxes: 0.5 },
    findings: [{ code: 'total_differs' }],
    report: { currency: 'EUR' },
    basis: { tolerance: 1 },
  },
  review: decided,
})
const changeOf = (cdr: ObjectKey, next: CdrCheckRecord, ends?: string | null): CheckChange => ({
  cdr,
  partnerId: 'p1',
  ...(ends === undefined ? {} : { ends }),
  plan: () => ({
    record: next,
    ...(next.review === null ? {} : { review: next.review }),
    events: [{ type: 'cdr.checked', subject: cdr.id, data: {} }],
  }),
})
const ids = (claims: readonly { readonly cdr: ObjectKey }[]) => claims.map(({ cdr }) => cdr.id).sort()

describe('CDRs to check', () => {
  const A = cdrKey(CPO, 'A')

  it('are those stored since, each once, and nothing else', async () => {
    await store(A)
    await store(cdrKey(CPO, 'B'))
    await store(tokenKey(CPO, 'T', 'RFID'))
    const claims = await checks().claim(at(0), at(60), 10)
    expect(ids(claims)).toEqual(['A', 'B'])
    expect(claims[0]).toMatchObject({ partnerId: 'p1', arrived: true, failures: 0, lease: at(60) })
    expect(await checks().claim(at(1), at(61), 10)).toEqual([])
  })

  it('come again when the lease ran out, as with a node that died', async () => {
    expect(ids(await checks().claim(at(60), at(120), 10))).toEqual(['A', 'B'])
  })

  it('are settled by a check that holds the lease, with their event in the same transaction', async () => {
    const stale = await checks().change([changeOf(A, record('differs'), at(60))], at(61))
    expect(stale).toEqual([record('differs')])
    await checks().change([changeOf(cdrKey(CPO, 'B'), record('agrees'), at(120))], at(61))
    expect(ids(await checks().claim(at(120), at(180), 10))).toEqual(['A'])
    await checks().change([changeOf(A, record('differs'), at(180))], at(121))
    expect(await checks().claim(at(1_000), at(1_060), 10)).toEqual([])
    const { rows } = await test.database.query<{ count: number }>({
      text: `select count(*)::int as count from events where type = 'cdr.checked' and subject = 'A'`,
    })
    expect(rows).toEqual([{ count: 2 }])
  })

  it('come again when they are asked for, when they failed, and when they changed', async () => {
    await checks().again([A, cdrKey(CPO, 'NONE')], at(200))
    const [claim] = await checks().claim(at(200), at(260), 10)
    expect(claim).toMatchObject({ cdr: A, arrived: false })
    if (claim !== undefined) await checks().postpone(claim, at(300))
    expect(await checks().claim(at(299), at(359), 10)).toEqual([])
    expect(await checks().claim(at(300), at(360), 10)).toMatchObject([{ cdr: A, failures: 1 }])
    await store(A, { remark: 'other' })
    expect(await checks().claim(at(301), at(361), 10)).toMatchObject([{ cdr: A, arrived: true, failures: 0 }])
  })

  it('are claimed by one node only', async () => {
    for (const id of ['C', 'D', 'E', 'F']) await store(cdrKey(CPO, id))
    const claimed = await Promise.all([1, 2, 3].map(() => checks().claim(at(400), at(460), 10)))
    const all = claimed.flatMap(ids).filter((id) => id !== 'A')
    const rest = (await checks().claim(at(401), at(461), 10)).map(({ cdr }) => cdr.id)
    expect([...all, ...rest].sort()).toEqual(['C', 'D', 'E', 'F'])
  })

  it('leave out what was withdrawn before it was looked at', async () => {
    await store(cdrKey(CPO, 'GONE'))
    await store(cdrKey(CPO, 'GONE'), {}, true)
    expect(ids(await checks().claim(at(500), at(560), 10))).not.toContain('GONE')
  })
})

describe('a check', () => {
  it('comes back as it was stored, with the decision, whose history is kept', async () => {
    const key = cdrKey(CPO, 'H')
    await store(key)
    expect(await checks().get(key)).toBeUndefined()
    await checks().change([changeOf(key, record('differs', review), null)], at(1))
    const accepted: CdrReview = { state: 'accepted', note: null, by: 'key-1', at: at(2) }
    await checks().change([changeOf(key, record('differs', accepted))], at(2))
    expect(await checks().get(key)).toEqual(record('differs', accepted))
    expect(await checks().reviews(key, 10)).toEqual([accepted, review])
  })

  it('has a summary for lists: codes once, errors first; nothing for a CDR that was not checked', async () => {
    const key = cdrKey(CPO, 'SUM')
    const findings = [
      { code: 'missing_border', severity: 'warning' },
      { code: 'total_differs', severity: 'error' },
      { code: 'missing_border', severity: 'warning' },
    ]
    const { result } = record('differs')
    const summed = { result: result && { ...result, findings }, review }
    await checks().change([changeOf(key, summed)], at(1))
    const [none, summary] = await checks().summaries([cdrKey(CPO, 'NONE'), key])
    expect(none).toBeUndefined()
    expect(summary).toEqual({
      outcome: 'differs',
      difference: { before_taxes: 0.5 },
      state: 'held',
      codes: ['total_differs', 'missing_border'],
    })
    await checks().change([changeOf(key, { result: null, review: null })], at(2))
  })

  it('filters pages of CDRs by outcome, state and finding', async () => {
    const page = async (check: { outcome?: string; state?: string; finding?: string }) => {
      const { items, total } = await createObjectStore(test.database).page({ kind: 'cdr', check, limit: 10 })
      expect(total).toBe(items.length)
      return items.map(({ key }) => key.id)
    }
    expect(await page({ outcome: 'differs', state: 'accepted', finding: 'total_differs' })).toEqual(['H'])
    expect(await page({ outcome: 'agrees' })).toEqual(['B'])
    expect(await page({ state: 'held' })).toEqual([])
    expect(await page({ finding: 'no_tariff' })).toEqual([])
  })
})

describe('CDRs beside a CDR', () => {
  it('are found by their session and by what they credit, without regard to case', async () => {
    await store(cdrKey(CPO, 'S1'), { session_id: 'Sess' })
    await store(cdrKey(CPO, 'S2'), { session_id: 'SESS', credit_reference_id: 's1' })
    const lookup = createObjectLookup(test.database)
    const found = async (objects: ReturnType<typeof lookup.creditsOf>) =>
      (await objects).map(({ key }) => key.id)
    expect(await found(lookup.cdrsOfSession(CPO, 'sess'))).toEqual(['S1', 'S2'])
    expect(await found(lookup.creditsOf(CPO, 'S1'))).toEqual(['S2'])
    expect(await found(lookup.cdrsOfSession({ ...CPO, partyId: 'OTH' }, 'sess'))).toEqual([])
  })
})

describe('how CDRs of a partner are checked', () => {
  it('is agreed apart from the rest of its profile, and neither touches the other', async () => {
    const profiles = createPartnerProfileStore(test.database)
    const partner = {
      id: 'P',
      name: 'P',
      status: 'REGISTERED' as const,
      version: '2.3.0' as const,
      versionsUrl: 'https://partner.example/versions',
      endpoints: [],
      roles: [],
      hubParty: null,
      outboundToken: null,
      tokenEncoding: null,
      statusReason: null,
      unlockAllowed: false,
      profilesAllowed: false,
      createdAt: at(0),
      registeredAt: null,
    }
    await createPartnerStore(test.database).create(partner, [])
    const rules = { acceptWhenAgrees: true, holdAbove: 0.5, holdOn: ['no_tariff'] }
    const pricing = { policy: { rounding_point: 'line' }, tolerance: 2, rules }
    await profiles.putPricing('P', pricing)
    expect((await profiles.all()).get('P')).toEqual({ accepts: {}, sends: {}, pricing })
    await profiles.put('P', { accepts: { longTexts: true }, sends: {} })
    expect((await profiles.all()).get('P')).toEqual({ accepts: { longTexts: true }, sends: {}, pricing })
    await profiles.putPricing('P', { ...pricing, tolerance: 0 })
    expect((await profiles.all()).get('P')).toMatchObject({
      accepts: { longTexts: true },
      pricing: { tolerance: 0 },
    })
    await profiles.putPricing('nobody', pricing)
    expect([...(await profiles.all()).keys()]).toEqual(['P'])
  })
})
