import { OcpiRefusal, partyOf } from '@interwatt/protocol'
import { type ReadSet, type StoredObject, terminalKey } from '@interwatt/store'
import { describe, expect, it } from 'vitest'
import type { Origin } from '../incoming.js'
import {
  activatedId,
  ownCustomer,
  planActivation,
  planDeactivation,
  planTerminalChange,
  proposedFields,
} from './terminal.rules.js'

const PTP = partyOf('AT', 'PTP')
const CPO = partyOf('DE', 'CPO')
const OTHER = partyOf('NL', 'OTH')
const NOW = '2026-03-01T10:00:00.000Z'
const origin: Origin = { version: '2.3.0', receivedFrom: null, nowMs: Date.parse(NOW) }
const key = terminalKey(PTP, 'T1')

const stored = (document: object, change: Partial<StoredObject> = {}): StoredObject => ({
  key,
  document: { terminal_id: 'T1', ...document },
  lastUpdated: '2026-02-01T10:00:00.000Z',
  versionIn: '2.3.0',
  unmapped: null,
  receivedFrom: null,
  createdSeq: 1,
  changedSeq: 1,
  previousSeq: 0,
  changedFields: null,
  deletedAt: null,
  addressee: CPO,
  ...change,
})
const holding = (row?: StoredObject): ReadSet => ({ get: () => row, evses: () => [] })

describe('what a CPO may propose', () => {
  it('is where a terminal stands and for whom it works, never which one it is (PAY-014)', () => {
    const body = {
      terminal_id: 'X',
      reference: 'X',
      last_updated: 'X',
      x_vendor: 1,
      city: 'Graz',
      state: null,
    }
    expect(proposedFields(body, 'whole')).toEqual({ city: 'Graz' })
    expect(proposedFields(body, 'patch')).toEqual({ city: 'Graz', state: null })
  })

  it('is no other customer than itself (promise 3)', () => {
    expect(ownCustomer({}, { country_code: 'de', party_id: 'cpo' }, [CPO])).toEqual(CPO)
    expect(ownCustomer({ party_id: 'CPO' }, { city: 'Graz', party_id: null }, [CPO])).toBeUndefined()
    expect(() => ownCustomer({}, { party_id: 'OTH' }, [CPO])).toThrow(OcpiRefusal)
  })

  it('is no mixture of two of its parties either', () => {
    const before = { country_code: 'DE', party_id: 'CPO' }
    expect(() => ownCustomer(before, { party_id: 'OTH' }, [CPO, OTHER])).toThrow(OcpiRefusal)
    expect(ownCustomer(before, { country_code: 'NL', party_id: 'OTH' }, [CPO, OTHER])).toEqual(OTHER)
  })
})

describe('a change', () => {
  it('keeps what it does not name and clears what a PATCH sets to null (PAY-011, PAY-014)', () => {
    const change = { key, fields: { location_ids: [], city: null }, addressee: CPO, nowIso: NOW }
    const row = stored({ city: 'Wien', location_ids: ['L1'], evse_uids: ['E1'] })
    const { upserts } = planTerminalChange(change, origin, holding(row))
    expect(upserts).toMatchObject([{ addressee: CPO, lastUpdated: NOW, receivedFrom: null }])
    expect(upserts[0]?.document).toEqual({
      terminal_id: 'T1',
      location_ids: [],
      evse_uids: ['E1'],
      last_updated: NOW,
    })
  })

  it('of a terminal nobody knows is none', () => {
    const change = { key, fields: {}, addressee: CPO, nowIso: NOW }
    expect(planTerminalChange(change, origin, holding()).result).toEqual({ kind: 'unknown_object' })
    const gone = stored({}, { deletedAt: NOW })
    expect(planTerminalChange(change, origin, holding(gone)).result).toEqual({ kind: 'unknown_object' })
  })

  it('empties only the lists there are when the terminal is deactivated (PAY-018, PAY-019)', () => {
    const change = { key, addressee: CPO, nowIso: NOW }
    const { upserts } = planDeactivation(change, origin, holding(stored({ evse_uids: ['E1'] })))
    expect(upserts[0]?.document).toEqual({ terminal_id: 'T1', evse_uids: [], last_updated: NOW })
  })
})

describe('an activation', () => {
  const change = { key, fields: { location_ids: ['L1'] }, reference: 'S1', addressee: CPO, nowIso: NOW }

  it('makes the same id of the same reference, whatever its case (PAY-017)', () => {
    expect(activatedId(PTP, 'Serial-1')).toBe(activatedId(PTP, 'SERIAL-1'))
    expect(activatedId(PTP, 'S1')).not.toBe(activatedId(OTHER, 'S1'))
    expect(activatedId(PTP, 'S1')).toHaveLength(36)
  })

  it('makes a terminal with the reference echoed (PAY-015)', () => {
    const planned = planActivation(change, origin, holding())
    expect(planned).toMatchObject({
      result: { kind: 'created' },
      upserts: [{ addressee: CPO, document: { reference: 'S1', location_ids: ['L1'] } }],
    })
  })

  it('takes a terminal of nobody and leaves that of another CPO alone', () => {
    const { addressee: _nobody, ...free } = stored({ reference: 'S1' })
    expect(planActivation(change, origin, holding(free))).toMatchObject({ upserts: [{ addressee: CPO }] })
    const theirs = holding(stored({ reference: 'S1' }, { addressee: OTHER }))
    expect(planActivation(change, origin, theirs)).toMatchObject({
      upserts: [],
      result: { kind: 'conflict' },
    })
  })
})
