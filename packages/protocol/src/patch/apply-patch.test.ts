import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json/json-object.js'
import { randomDocument, randomPatch, schemas } from '../lens/testing/random-document.js'
import { patchables } from './identity.js'
import { applyPatch, changedFieldsBetween } from './index.js'

const canonical = schemas['2.3.0']

const session: JsonObject = {
  country_code: 'DE',
  party_id: 'IWC',
  id: 'S1',
  kwh: 1,
  meter_id: 'M1',
  charging_periods: [
    { start_date_time: '2026-01-01T10:00:00Z', dimensions: [{ type: 'ENERGY', volume: 1 }] },
  ],
  last_updated: '2026-01-01T10:00:00Z',
}

const period = (start: string, volume: number): JsonObject => ({
  dimensions: [{ volume, type: 'ENERGY' }],
  start_date_time: start,
})

const location: JsonObject = {
  country_code: 'DE',
  party_id: 'IWC',
  id: 'L1',
  name: 'Station',
  city: 'Berlin',
  facilities: ['CAFE', 'WIFI'],
  evses: [
    {
      uid: 'E1',
      status: 'AVAILABLE',
      floor_level: '-1',
      connectors: [
        { id: '1', standard: 'CHADEMO', tariff_ids: ['T1'] },
        { id: '2', standard: 'IEC_62196_T2' },
      ],
    },
    { uid: 'E2', status: 'AVAILABLE', connectors: [{ id: '1', standard: 'CHADEMO' }] },
  ],
  last_updated: '2026-01-01T10:00:00Z',
}

const documentAfter = (name: 'location' | 'session' | 'evse', existing: JsonObject, patch: JsonObject) => {
  const outcome = applyPatch(name, existing, patch)
  return 'document' in outcome ? outcome.document : undefined
}

const findingsOf = (
  name: 'location' | 'session' | 'evse' | 'token',
  existing: JsonObject,
  patch: JsonObject,
) => {
  const outcome = applyPatch(name, existing, patch)
  return 'findings' in outcome ? outcome.findings : []
}

describe('applyPatch', () => {
  it('leaves fields alone that the PATCH does not name (LOC-073, SES-029)', () => {
    expect(applyPatch('session', session, { kwh: 2, last_updated: '2026-01-01T11:00:00Z' })).toEqual({
      document: { ...session, kwh: 2, last_updated: '2026-01-01T11:00:00Z' },
      changedFields: ['kwh', 'last_updated'],
    })
  })

  it('clears an optional field that is null and refuses null for a required one (LOC-076, TRN-098)', () => {
    expect(documentAfter('session', session, { meter_id: null })).not.toHaveProperty('meter_id')
    expect(findingsOf('location', location, { city: null, name: 'x' })).toMatchObject([
      { pointer: '/city', code: 'null_value', rule: 'TRN-098', severity: 'error' },
    ])
  })

  it('refuses another identity and accepts another spelling of the same (LOC-079, TRN-099, TYP-001)', () => {
    expect(findingsOf('location', location, { id: 'L2' })).toMatchObject([
      { pointer: '/id', code: 'identity_changed', rule: 'LOC-079' },
    ])
    expect(findingsOf('session', session, { party_id: 'ZZZ' })).toMatchObject([{ rule: 'TRN-099' }])
    expect(findingsOf('token', { uid: 'A', type: 'RFID' }, { type: 'APP_USER' })).toHaveLength(1)
    expect(applyPatch('location', location, { id: 'l1', party_id: 'iwc' })).toEqual({
      document: location,
      changedFields: [],
    })
  })

  it('appends charging periods and adds none twice (SES-030, SES-038)', () => {
    const repeated = period('2026-01-01T10:00:00.000', 1)
    const added = period('2026-01-01T10:15:00Z', 2)
    const patched = documentAfter('session', session, { charging_periods: [repeated, added] })
    expect(patched?.charging_periods).toEqual([period('2026-01-01T10:00:00Z', 1), added])
    expect(documentAfter('session', patched ?? {}, { charging_periods: [added] })).toBe(patched)
  })

  it('appends a period of a known start with other content', () => {
    const corrected = period('2026-01-01T10:00:00Z', 5)
    expect(
      documentAfter('session', session, { charging_periods: [corrected] })?.charging_periods,
    ).toHaveLength(2)
  })

  it('changes no periods when the list is empty, null or absent (SES-031)', () => {
    for (const charging_periods of [[], null])
      expect(documentAfter('session', session, { charging_periods })).toBe(session)
    expect(documentAfter('session', { id: 'S1' }, { charging_periods: [] })).toEqual({ id: 'S1' })
  })

  it('matches EVSEs by uid and connectors by id and keeps the others (LOC-078)', () => {
    const patch = { evses: [{ uid: 'e1', status: 'CHARGING', connectors: [{ id: '1', tariff_ids: [] }] }] }
    expect(documentAfter('location', location, patch)?.evses).toEqual([
      {
        uid: 'E1',
        status: 'CHARGING',
        floor_level: '-1',
        connectors: [
          { id: '1', standard: 'CHADEMO', tariff_ids: [] },
          { id: '2', standard: 'IEC_62196_T2' },
        ],
      },
      { uid: 'E2', status: 'AVAILABLE', connectors: [{ id: '1', standard: 'CHADEMO' }] },
    ])
  })

  it('adds an EVSE nobody knew only when it is whole', () => {
    const connector = {
      id: '1',
      standard: 'CHADEMO',
      format: 'CABLE',
      power_type: 'DC',
      max_voltage: 400,
      max_amperage: 100,
      last_updated: '2026-01-01T10:00:00Z',
    }
    const whole = {
      uid: 'E3',
      status: 'AVAILABLE',
      connectors: [connector],
      last_updated: '2026-01-01T10:00:00Z',
    }
    expect(documentAfter('location', location, { evses: [whole] })?.evses).toHaveLength(3)
    const part = findingsOf('location', location, { evses: [{ ...whole, connectors: [{ id: '1' }] }] })
    expect(part.map(({ pointer }) => pointer)).toContain('/evses/0/connectors/0/standard')
    expect(findingsOf('location', location, { evses: [{ ...whole, connectors: [] }] })).toMatchObject([
      { pointer: '/evses/0/connectors', code: 'empty_list' },
    ])
    expect(findingsOf('location', location, { evses: [{ status: 'CHARGING' }] })).toMatchObject([
      { pointer: '/evses/0/uid', code: 'missing' },
    ])
  })

  it('replaces every other list and object whole (TRN-097)', () => {
    const patched = documentAfter('location', location, { facilities: ['HOTEL'] })
    expect(patched?.facilities).toEqual(['HOTEL'])
    expect(findingsOf('evse', { uid: 'E1' }, { uid: null })).toMatchObject([{ pointer: '/uid' }])
  })

  it('gives back the same document when nothing changes', () => {
    expect(documentAfter('location', location, { facilities: ['CAFE', 'WIFI'], name: 'Station' })).toBe(
      location,
    )
  })

  it('keeps fields nobody specified, whatever their name', () => {
    const patch: JsonObject = JSON.parse('{"__proto__":{"a":1},"constructor":2}')
    const patched = documentAfter('session', session, patch)
    expect(Object.keys(patched ?? {})).toEqual([...Object.keys(session), '__proto__', 'constructor'])
  })

  it.each(['location', 'evse', 'connector', 'tariff', 'token', 'session'] as const)(
    'never throws and names exactly the changed fields of %s',
    (name) => {
      fc.assert(
        fc.property(
          randomDocument(canonical[name], true),
          randomPatch(canonical[name], true),
          (existing, patch) => {
            const identity = Object.fromEntries(
              patchables[name].identity.map((field) => [field, existing[field]]),
            )
            for (const body of [patch, { ...patch, ...identity }]) {
              const outcome = applyPatch(name, existing, body)
              if ('findings' in outcome) {
                expect(outcome.findings.length).toBeGreaterThan(0)
                continue
              }
              expect(outcome.changedFields).toEqual(changedFieldsBetween(existing, outcome.document))
              expect(applyPatch(name, outcome.document, body)).toEqual({
                document: outcome.document,
                changedFields: [],
              })
            }
          },
        ),
      )
    },
  )
})

it('puts periods in place of those that start with them, where a version says nothing of adding (SES-039)', () => {
  const upserted = applyPatch(
    'session',
    session,
    { charging_periods: [period('2026-01-01T10:00:00.000Z', 5), period('2026-01-01T10:15:00Z', 2)] },
    { periods: 'upsert' },
  )
  expect('document' in upserted && upserted.document.charging_periods).toEqual([
    period('2026-01-01T10:00:00.000Z', 5),
    period('2026-01-01T10:15:00Z', 2),
  ])
})
