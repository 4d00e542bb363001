import { describe, expect, it } from 'vitest'
import { exampleCdr } from '../../testing/index.js'
import { checkDocument, parseDocument } from '../../validation/index.js'
import * as v221 from './v221.js'
import * as v230 from './v230.js'

const broken = (changes: object) =>
  parseDocument(v230.CDR, { ...exampleCdr(), ...changes }, 'whole').findings.map(
    ({ pointer, rule, severity }) => `${pointer} ${rule} ${severity}`,
  )

const tariff = {
  country_code: 'DE',
  party_id: 'IWC',
  id: 'T-1',
  currency: 'EUR',
  elements: [{ price_components: [{ type: 'ENERGY', price: 0.4, step_size: 1 }] }],
  last_updated: '2026-01-31T12:00:00Z',
}

const period = (changes: object) => ({
  start_date_time: '2026-01-31T12:00:00Z',
  dimensions: [{ type: 'ENERGY', volume: 11 }],
  ...changes,
})

describe('a CDR', () => {
  it('without deviations has no findings', () => {
    expect(broken({})).toEqual([])
  })

  it('is a credit exactly when it names what it credits (CDR-072, CDR-081)', () => {
    expect(broken({ credit: true })).toEqual(['/credit_reference_id CDR-072 error'])
    for (const credit of [undefined, null, false])
      expect(broken({ credit, credit_reference_id: 'CDR-0' })).toEqual(['/credit_reference_id CDR-081 error'])
    expect(
      broken({ credit: true, credit_reference_id: 'CDR-0', total_cost: { before_taxes: -4.4 } }),
    ).toEqual([])
    expect(broken({ credit: false })).toEqual([])
  })

  it('has an id of more than 36 characters only as a credit (CDR-031)', () => {
    const id = 'x'.repeat(39)
    expect(broken({ id })).toEqual(['/id CDR-031 warning'])
    expect(broken({ id, credit: true, credit_reference_id: 'CDR-0' })).toEqual([])
  })

  it('has a negative total only as a credit or for energy fed back (CDR-080)', () => {
    const total_cost = { before_taxes: -1 }
    expect(broken({ total_cost })).toEqual(['/total_cost CDR-080 warning'])
    expect(broken({ total_cost, total_energy: -3 })).toEqual([])
    const old = { ...exampleCdr(), total_cost: { excl_vat: -1 } }
    expect(parseDocument(v221.CDR, old, 'whole').findings.map(({ rule }) => rule)).toEqual(['CDR-080'])
  })

  it('has periods, each with dimensions (CDR-033)', () => {
    expect(broken({ charging_periods: [] })).toEqual(['/charging_periods CDR-033 error'])
    expect(broken({ charging_periods: [period({ dimensions: [] })] })).toEqual([
      '/charging_periods/0/dimensions CDR-033 error',
    ])
  })

  it('has its periods in order and inside the session, as instants (CDR-055)', () => {
    const at = (start_date_time: string) => period({ start_date_time })
    expect(broken({ end_date_time: '2026-01-31T11:00:00Z' })).toEqual(['/end_date_time CDR-055 warning'])
    expect(
      broken({ charging_periods: [at('2026-01-31T11:59:59Z'), at('2026-01-31T12:00:00.000Z')] }),
    ).toEqual(['/charging_periods/0/start_date_time CDR-055 warning'])
    expect(broken({ charging_periods: [at('2026-01-31T12:30:00Z'), at('2026-01-31T12:10:00Z')] })).toEqual([
      '/charging_periods/1/start_date_time CDR-055 warning',
    ])
    expect(broken({ charging_periods: [at('2026-01-31T13:00:01Z')] })).toEqual([
      '/charging_periods/0/start_date_time CDR-055 warning',
    ])
  })

  it('leaves dimensions of sessions to sessions (CDR-036)', () => {
    const dimensions = [
      { type: 'ENERGY', volume: 1 },
      { type: 'STATE_OF_CHARGE', volume: 80 },
    ]
    expect(broken({ charging_periods: [period({ dimensions })] })).toEqual([
      '/charging_periods/0/dimensions/1 CDR-036 warning',
    ])
  })

  it('holds the tariffs its periods refer to, in its currency (CDR-037, CDR-060)', () => {
    const stated = { ...tariff, tax_included: 'NO' }
    expect(broken({ tariffs: [stated], charging_periods: [period({ tariff_id: 't-1' })] })).toEqual([])
    expect(broken({ tariffs: [stated], charging_periods: [period({ tariff_id: 'T-9' })] })).toEqual([
      '/charging_periods/0/tariff_id CDR-037 warning',
    ])
    expect(broken({ tariffs: [{ ...stated, currency: 'CHF' }] })).toEqual([
      '/tariffs/0/currency CDR-060 warning',
    ])
  })

  it('for an unused reservation may say anything about the connector (CDR-053)', () => {
    const cdr_location = {
      ...exampleCdr().cdr_location,
      evse_uid: '#NA',
      evse_id: '#NA',
      connector_id: '#NA',
    }
    expect(broken({ cdr_location })).toEqual([])
    const any = {
      ...cdr_location,
      connector_standard: '#NA',
      connector_format: '',
      connector_power_type: null,
    }
    expect(broken({ cdr_location: any })).toEqual(['/cdr_location CDR-053 warning'])
    const vendor = { ...cdr_location, connector_standard: 'NEW_PLUG' }
    expect(broken({ cdr_location: vendor })).toEqual([])
    expect(broken({ cdr_location: { ...any, evse_uid: 'E1' } })).toHaveLength(3)
  })

  it('reads a tariff without tax_included as NO (CDR-059), but never sends one (TAR-042)', () => {
    const given = { ...exampleCdr(), tariffs: [tariff, { ...tariff, tax_included: null }] }
    const read = parseDocument(v230.CDR, given, 'whole')
    expect(read.findings.map(({ pointer, rule }) => `${pointer} ${rule}`)).toEqual([
      '/tariffs/0 CDR-059',
      '/tariffs/1 CDR-059',
    ])
    expect(read.ok && read.value.tariffs?.map(({ tax_included }) => tax_included)).toEqual(['NO', 'NO'])
    expect(checkDocument(v230.CDR, given, 'whole')).toHaveLength(2)
  })
})
