import type { Document, ObjectStore, Partner, StoredObject } from '@interwatt/store'
import type { PulledItem, ReturnedParty } from '@interwatt/sync'
import { expect, test } from 'vitest'
import { createApplyPulled } from './apply-pulled.js'

const hub = { id: 'hub', version: '2.3.0', roles: [], own: null } as unknown as Partner
const party = { countryCode: 'FR', partyId: 'FAR' }

const info = (status: string, seconds: number): Document => ({
  country_code: 'FR',
  party_id: 'FAR',
  role: 'CPO',
  status,
  last_updated: `2026-03-01T10:00:0${seconds}.000Z`,
})

/** What is told of a page with one client, over what was stored of it before. */
const returnedBy = async (before: Document | undefined, after: Document): Promise<ReturnedParty[]> => {
  const told: ReturnedParty[] = []
  const row = before && { document: before, lastUpdated: before.last_updated, deletedAt: null }
  const objects = {
    async write({ plan }: Parameters<ObjectStore['write']>[0]) {
      const { upserts, result } = plan({
        get: () => row as StoredObject | undefined,
        evses: () => [],
      })
      return { result, changed: upserts.map(({ key }) => key) }
    },
  } as unknown as ObjectStore
  const apply = createApplyPulled({
    objects,
    directory: { hosted: () => [], partners: () => [] },
    now: () => Date.parse('2026-03-02T10:00:00Z'),
    onSession: async () => undefined,
    onCdr: async () => undefined,
    forgetClients: () => undefined,
    onReturned: async (_partnerId, returned) => void told.push(...returned),
  })
  const item: PulledItem = {
    document: after,
    received: after,
    unmapped: null,
    findings: [],
    owner: party,
    askedFor: party,
  }
  await apply(hub, 'client_info', [item])
  return told
}

test.each([
  ['was OFFLINE', info('OFFLINE', 1), '2026-03-01T10:00:01.000Z'],
  ['was PLANNED', info('PLANNED', 1), null],
  ['was SUSPENDED', info('SUSPENDED', 1), null],
  ['was not known', undefined, null],
] as const)(
  'tells of a party that %s and is CONNECTED by the list of its hub (HCI-012)',
  async (_what, before, awaySince) => {
    expect(await returnedBy(before, info('CONNECTED', 2))).toEqual([{ party, role: 'CPO', awaySince }])
  },
)

test.each([
  ['was there before', info('CONNECTED', 1), info('CONNECTED', 2)],
  ['is away now', info('CONNECTED', 1), info('OFFLINE', 2)],
  ['is known to be away by newer word', info('OFFLINE', 3), info('CONNECTED', 2)],
])('tells nothing of a party that %s', async (_what, before, after) => {
  expect(await returnedBy(before, after)).toEqual([])
})
