import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentEquals, type JsonObject } from '../json/json-object.js'
import { randomDocument, randomPatch, schemas } from '../lens/testing/random-document.js'
import { applyPatch, identityFields, patchBetween } from './index.js'

const canonical = schemas['2.3.0']
const at = '2026-01-01T10:00:00Z'
const later = '2026-01-01T11:00:00Z'
const period = (start: string): JsonObject => ({
  start_date_time: start,
  dimensions: [{ type: 'TIME', volume: 1 }],
})

describe('patchBetween', () => {
  it('holds the changed fields and last_updated (LOC-070, SES-027, TRN-093)', () => {
    const before = { uid: 'E1', status: 'AVAILABLE', floor_level: '1', last_updated: at }
    expect(patchBetween('evse', before, { ...before, status: 'CHARGING', last_updated: later })).toEqual({
      status: 'CHARGING',
      last_updated: later,
    })
    expect(patchBetween('evse', before, before)).toEqual({ last_updated: at })
  })

  it('asks for a PUT when something is removed, also inside an object (LOC-075)', () => {
    const before = {
      id: 'L1',
      name: 'A',
      operator: { name: 'B', website: 'https://example.com' },
      last_updated: at,
    }
    const { name: _name, ...unnamed } = before
    expect(patchBetween('location', before, unnamed)).toBeUndefined()
    expect(patchBetween('location', before, { ...before, name: null })).toBeUndefined()
    expect(patchBetween('location', before, { ...before, operator: { name: 'B' } })).toBeUndefined()
    expect(
      patchBetween('location', { ...before, facilities: ['WIFI'] }, { ...before, facilities: [] }),
    ).toBeUndefined()
  })

  it('sends new charging periods only, and asks for a PUT when stored ones change (SES-032)', () => {
    const before = { id: 'S1', charging_periods: [period(at)], last_updated: at }
    const longer = { ...before, charging_periods: [period(at), period(later)], last_updated: later }
    expect(patchBetween('session', before, longer)).toEqual({
      charging_periods: [period(later)],
      last_updated: later,
    })
    expect(patchBetween('session', longer, before)).toBeUndefined()
    expect(patchBetween('session', before, { ...before, charging_periods: [period(later)] })).toBeUndefined()
    const twice = { ...before, charging_periods: [period(at), period(at)] }
    expect(patchBetween('session', before, twice)).toBeUndefined()
  })

  it('never nests EVSEs or connectors (LOC-077)', () => {
    const before = { id: 'L1', evses: [{ uid: 'E1', status: 'AVAILABLE' }], last_updated: at }
    const after = { ...before, evses: [{ uid: 'E1', status: 'CHARGING' }], last_updated: later }
    expect(patchBetween('location', before, after)).toBeUndefined()
  })

  it('asks for a PUT when there is no last_updated or another object', () => {
    expect(patchBetween('evse', { uid: 'E1' }, { uid: 'E1', status: 'CHARGING' })).toBeUndefined()
    expect(patchBetween('evse', { uid: 'E1' }, { uid: 'E2', last_updated: at })).toBeUndefined()
  })

  it.each(['location', 'evse', 'connector', 'tariff', 'token', 'session'] as const)(
    'turns one state of %s into the other, as applyPatch reads it',
    (name) => {
      let sent = 0
      fc.assert(
        fc.property(randomDocument(canonical[name], true), randomPatch(canonical[name]), (before, change) => {
          const identity = Object.fromEntries(identityFields(name).map((field) => [field, before[field]]))
          const { evses: _evses, connectors: _connectors, ...plain } = change
          const after = { ...before, ...plain, ...identity }
          const body = patchBetween(name, before, after)
          if (body === undefined) return
          sent += 1
          expect(body).toHaveProperty('last_updated')
          const outcome = applyPatch(name, before, body)
          expect('document' in outcome && sameState(outcome.document, after)).toBe(true)
        }),
      )
      expect(sent).toBeGreaterThan(5)
    },
  )
})

/** Equal, where absent, null and the empty list are the same (TYP-059). */
const sameState = (a: JsonObject, b: JsonObject): boolean => contentEquals(filled(a), filled(b))

const filled = (document: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(document).filter(
      ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  )
