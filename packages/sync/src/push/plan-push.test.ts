import {
  bookingKey,
  bookingLocationKey,
  cdrKey,
  type StoredObject,
  sessionKey,
  tariffKey,
  tokenKey,
} from '@interwatt/store'
import { expect, test } from 'vitest'
import { cdr, location, session, tariff, token } from '../testing/documents.js'
import { evseRow, locationRow, row } from '../testing/rows.js'
import type { Reach } from './audience.rules.js'
import { type Copy, type PushPlan, patchBody, planPush } from './plan-push.js'

const owner = { countryCode: 'DE', partyId: 'IWC' }
const to = [{ countryCode: 'NL', partyId: 'EXA' }]
const push: Reach = { kind: 'push', to }
const ifKnown: Reach = { kind: 'push', to, ifKnown: true }
const withdrawn: Reach = { kind: 'withdrawn', to }
const held: Copy = { cursor: 10, holdsPrevious: true, takesPatch: true }
const notHeld: Copy = { ...held, holdsPrevious: false }
const gone = '2026-01-02T00:00:00.000Z'

const changed = (...fields: string[]): Partial<StoredObject> => ({
  createdSeq: 1,
  changedSeq: 11,
  previousSeq: 1,
  changedFields: fields,
})
const sessionRow = (...fields: string[]) => row(sessionKey(owner, 'S1'), session('S1'), changed(...fields))

const bookingRow = (...fields: string[]) =>
  row(bookingKey(owner, 'B1'), { id: 'B1', reservation_status: 'RESERVED' }, changed(...fields))
const placeRow = (more: Partial<StoredObject>) => row(bookingLocationKey(owner, 'BL1'), { id: 'BL1' }, more)

const rows: readonly (readonly [string, StoredObject, Reach, Copy, PushPlan['kind']])[] = [
  ['a status of a booking is a PATCH', bookingRow('reservation_status', 'last_updated'), push, held, 'patch'],
  [
    'requests of a booking need a PUT, since lists may be merged (BKG-012)',
    bookingRow('reservation_status', 'booking_requests'),
    push,
    held,
    'put',
  ],
  [
    'a place that is no more is told with a PUT (BKG-016)',
    placeRow({ ...changed(), deletedAt: gone }),
    push,
    held,
    'put',
  ],
  ['one that was never told of is not', placeRow({ createdSeq: 11, deletedAt: gone }), push, held, 'skip'],
  ['a new object is PUT', locationRow('L1', 11), push, notHeld, 'put'],
  ['a change of a held object is a PATCH', locationRow('L1', 11, changed('name')), push, held, 'patch'],
  [
    'a change of an object that is not held is a PUT',
    locationRow('L1', 11, changed('name')),
    push,
    notHeld,
    'put',
  ],
  [
    'no PATCH where the partner takes none',
    locationRow('L1', 11, changed('name')),
    push,
    { ...held, takesPatch: false },
    'put',
  ],
  [
    'a status change is a PATCH',
    evseRow('L1', 'E1', 11, changed('status', 'last_updated')),
    push,
    held,
    'patch',
  ],
  [
    'a field that is gone needs a PUT (LOC-075)',
    locationRow('L1', 11, changed('facilities')),
    push,
    held,
    'put',
  ],
  [
    'a replaced document is a PUT',
    locationRow('L1', 11, { ...changed(), changedFields: null }),
    push,
    held,
    'put',
  ],
  [
    'changed connectors need a PUT of the EVSE',
    evseRow('L1', 'E1', 11, changed('connectors')),
    push,
    held,
    'put',
  ],
  ['changed periods need a PUT (SES-032)', sessionRow('kwh', 'charging_periods'), push, held, 'put'],
  ['a session without new periods is a PATCH', sessionRow('kwh'), push, held, 'patch'],
  ['the end of a session that was followed is told (CP-041)', sessionRow('status'), ifKnown, held, 'patch'],
  [
    'a past that was never told stays untold (CP-041)',
    sessionRow('status'),
    ifKnown,
    { ...notHeld, cursor: 0 },
    'skip',
  ],
  [
    'a location that may be seen again is a PUT',
    locationRow('L1', 11, changed('publish')),
    push,
    held,
    'put',
  ],
  ['a CDR is POSTed', row(cdrKey(owner, 'C1'), cdr('C1')), push, notHeld, 'post'],
  ['a tariff is deleted', row(tariffKey(owner, 'T'), tariff('T'), { deletedAt: gone }), push, held, 'delete'],
  [
    'a tariff that was never sent needs no DELETE',
    row(tariffKey(owner, 'T'), tariff('T'), { deletedAt: gone, createdSeq: 11 }),
    push,
    held,
    'skip',
  ],
  [
    'a token tombstone is not sent (TOK-022)',
    row(tokenKey(owner, 'A', 'RFID'), token('A'), { deletedAt: gone }),
    push,
    held,
    'skip',
  ],
  ['nothing is sent out of reach', locationRow('L1', 11), { kind: 'none', reason: 'x' }, held, 'skip'],
  ['an unpublished location that was never sent is not sent', locationRow('L1', 11), withdrawn, held, 'skip'],
  [
    'an unpublished location that may be held is withdrawn',
    locationRow('L1', 11, changed('publish')),
    withdrawn,
    held,
    'withdraw',
  ],
  [
    'so is one whose changes were missed',
    locationRow('L1', 11, changed('name')),
    withdrawn,
    notHeld,
    'withdraw',
  ],
  [
    'a change of a location known as unpublished is not sent',
    locationRow('L1', 11, changed('name')),
    withdrawn,
    held,
    'skip',
  ],
  [
    'an EVSE of an unpublished location is not sent',
    evseRow('L1', 'E1', 11, changed('status')),
    withdrawn,
    held,
    'skip',
  ],
]

test.each(rows)('%s', (_what, stored, reach, copy, kind) => {
  expect(planPush(stored, reach, copy).kind).toBe(kind)
})

test('a PATCH carries the changed fields and always last_updated (LOC-070, TRN-094)', () => {
  const document = location('L1')
  expect(patchBody(document, ['name'])).toEqual({ name: 'Yard L1', last_updated: document.last_updated })
  expect(planPush(locationRow('L1', 11, changed('name', 'last_updated')), push, held)).toEqual({
    kind: 'patch',
    fields: ['name'],
  })
})
