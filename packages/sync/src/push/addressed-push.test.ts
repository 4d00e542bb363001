import type { Outcome } from '@interwatt/client'
import { partyOf } from '@interwatt/protocol'
import { invoiceRecordKey, type Partner, type StoredObject } from '@interwatt/store'
import { describe, expect, it } from 'vitest'
import { reachOf } from './audience.rules.js'
import { deliverObject } from './deliver-object.js'
import type { ObjectRequests } from './object-requests.js'
import { planPush } from './plan-push.js'

const PTP = partyOf('AT', 'PTP')
const CPO = partyOf('DE', 'CPO')
const OTHER = partyOf('NL', 'OTH')

const partner = (
  role: string,
  party = CPO,
  hub = false,
): Pick<Partner, 'roles' | 'hubParty' | 'endpoints'> => ({
  roles: [{ role, party, businessDetails: {} }],
  hubParty: hub ? party : null,
  endpoints: ['payments', 'invoicereconciliation'].map((module) => ({
    module,
    side: 'RECEIVER' as const,
    url: 'https://partner.example/x',
  })),
})
const hosted = [
  { party: PTP, roles: ['PTP'], businessDetails: { name: 'PTP' } },
  { party: OTHER, roles: ['CPO'], businessDetails: { name: 'CPO' } },
]
const audience = (of: ReturnType<typeof partner>) => ({ partner: of, hosted, routed: true })

describe('an object between two parties', () => {
  it('goes to the other one only (PAY-004, INV-006)', () => {
    expect(reachOf(audience(partner('CPO')), 'payments', PTP, {}, CPO)).toEqual({ kind: 'push', to: [CPO] })
    expect(reachOf(audience(partner('CPO', OTHER)), 'payments', PTP, {}, CPO)).toMatchObject({ kind: 'none' })
    expect(reachOf(audience(partner('EMSP')), 'payments', PTP, {}, CPO)).toMatchObject({ kind: 'none' })
  })

  it('goes to nobody while the other one is not known', () => {
    expect(reachOf(audience(partner('CPO')), 'payments', PTP, {})).toMatchObject({ kind: 'none' })
  })

  it('is never broadcast through a hub (INV-006)', () => {
    const hub = partner('OTHER', CPO, true)
    expect(reachOf(audience(hub), 'invoicereconciliation', OTHER, {}, partyOf('DE', 'MSP'))).toMatchObject({
      kind: 'none',
    })
  })

  it('goes to the other one also when both have the same party id', () => {
    const reach = reachOf(audience(partner('EMSP', OTHER)), 'invoicereconciliation', OTHER, {}, OTHER)
    expect(reach).toEqual({ kind: 'push', to: [OTHER] })
  })
})

const row = (change: Partial<StoredObject> = {}): StoredObject => ({
  key: invoiceRecordKey(OTHER, 'R1'),
  document: { id: 'R1' },
  lastUpdated: '2026-03-01T10:00:00.000Z',
  versionIn: '2.3.0',
  unmapped: null,
  receivedFrom: null,
  createdSeq: 10,
  changedSeq: 12,
  previousSeq: 10,
  changedFields: ['cdrs'],
  deletedAt: null,
  ...change,
})

describe('an invoice record', () => {
  const reach = { kind: 'push', to: [CPO] } as const
  const copy = (cursor: number) => ({ cursor, holdsPrevious: true, takesPatch: true })

  it('is POSTed first, PUT afterwards and DELETEd at last (INV-003 to INV-005)', () => {
    expect(planPush(row(), reach, copy(9))).toEqual({ kind: 'create' })
    expect(planPush(row(), reach, { ...copy(11), takesPatch: false })).toEqual({ kind: 'put' })
    expect(planPush(row({ deletedAt: '2026-03-02T10:00:00.000Z' }), reach, copy(11))).toEqual({
      kind: 'delete',
    })
    expect(planPush(row({ deletedAt: '2026-03-02T10:00:00.000Z' }), reach, copy(9))).toMatchObject({
      kind: 'skip',
    })
  })

  const ok: Outcome = {
    kind: 'ok',
    httpStatus: 200,
    statusCode: 1000,
    data: undefined,
    location: undefined,
    next: undefined,
    total: undefined,
    limit: undefined,
  }
  const refused = (httpStatus: number): Outcome => ({
    kind: 'refused',
    httpStatus,
    statusCode: 2001,
    message: 'no',
    data: undefined,
  })
  const asked = async (kind: 'create' | 'put', answers: { create: Outcome; put: Outcome }) => {
    const sent: string[] = []
    const requests: ObjectRequests = {
      get: async () => ok,
      create: async () => {
        sent.push('POST')
        return answers.create
      },
      put: async () => {
        sent.push('PUT')
        return answers.put
      },
      patch: undefined,
      remove: undefined,
    }
    const bodies = {
      put: () => ({ kind: 'ready', text: '{}' }) as const,
      patch: () => ({ kind: 'ready', text: '{}' }) as const,
    }
    const delivery = await deliverObject({ kind }, requests, bodies)
    return { sent, kind: delivery.kind }
  }

  it('that the recipient says it has already is PUT (INV-013)', async () => {
    expect(await asked('create', { create: refused(200), put: ok })).toEqual({
      sent: ['POST', 'PUT'],
      kind: 'done',
    })
    expect(await asked('create', { create: refused(200), put: refused(404) })).toEqual({
      sent: ['POST', 'PUT'],
      kind: 'refused',
    })
  })

  it('that the recipient lost is POSTed again', async () => {
    expect(await asked('put', { create: ok, put: refused(404) })).toEqual({
      sent: ['PUT', 'POST'],
      kind: 'done',
    })
  })
})
