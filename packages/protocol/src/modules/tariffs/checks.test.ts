import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../validation/index.js'
import * as v221 from './v221.js'
import * as v230 from './v230.js'

const component = (type: string, step_size = 1) => ({ type, price: 2, step_size })

const brokenElement = (element: object) =>
  parseDocument(v221.TariffElement, element, 'whole').findings.map(
    ({ pointer, rule, severity }) => `${pointer} ${rule} ${severity}`,
  )

describe('a tariff element', () => {
  it('for reservations prices only FLAT and TIME (TAR-040)', () => {
    const restrictions = { reservation: 'RESERVATION' }
    const price_components = [component('TIME'), component('ENERGY')]
    expect(brokenElement({ price_components, restrictions })).toEqual([
      '/price_components/1/type TAR-040 error',
    ])
    expect(brokenElement({ price_components, restrictions: {} })).toEqual([])
    expect(brokenElement({ price_components: [component('FLAT')], restrictions })).toEqual([])
  })

  it('has one restrictions object, not a list (TAR-041)', () => {
    expect(brokenElement({ price_components: [component('TIME')], restrictions: [{}] })).toEqual([
      '/restrictions TAR-041 error',
    ])
  })

  it('prices a dimension once; of several the first counts (TAR-047)', () => {
    const price_components = [component('TIME'), component('FLAT'), component('TIME')]
    expect(brokenElement({ price_components })).toEqual(['/price_components/2 TAR-047 warning'])
  })

  it('accepts a step size of 0 and refuses a negative one (TAR-046)', () => {
    expect(brokenElement({ price_components: [component('ENERGY', 0)] })).toEqual([])
    expect(brokenElement({ price_components: [component('ENERGY', -1)] })).toEqual([
      '/price_components/0/step_size TAR-046 error',
    ])
  })

  it('has local dates, times and days of the week in their forms (TAR-038, TAR-039)', () => {
    const restricted = (restrictions: object) =>
      brokenElement({ price_components: [component('TIME')], restrictions })
    expect(restricted({ start_time: '24:00' })).toEqual(['/restrictions/start_time TAR-038 error'])
    expect(restricted({ start_date: '2024-13-01' })).toEqual(['/restrictions/start_date TAR-039 error'])
    expect(restricted({ day_of_week: ['MONDAY', 'FUNDAY'] })).toEqual([
      '/restrictions/day_of_week/1 LOC-143 warning',
    ])
  })
})

it('warns of names that resemble a field and would be ignored', () => {
  const price_components = [component('TIME')]
  expect(brokenElement({ price_components, restriction: { dayOfWeek: ['MONDAY'] } })).toEqual([
    '/restriction mod_tariffs_tariffelement_class warning',
  ])
  expect(brokenElement({ price_components, restrictions: { dayOfWeek: ['MONDAY'], acme: 1 } })).toEqual([
    '/restrictions/dayOfWeek mod_tariffs_tariffrestrictions_class warning',
  ])
  const patch = parseDocument(v230.Tariff, { minPrice: { before_taxes: 1 } }, 'patch')
  expect(patch.findings.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(['unknown_field /minPrice'])
})

it('a tariff of 2.3.0 states whether tax is included (TAR-042)', () => {
  const tariff = {
    country_code: 'DE',
    party_id: 'IWC',
    id: 'T-1',
    currency: 'EUR',
    elements: [{ price_components: [component('ENERGY')] }],
    last_updated: '2026-01-31T12:00:00Z',
  }
  const rules = (schema: typeof v221.Tariff | typeof v230.Tariff) =>
    parseDocument(schema, tariff, 'whole').findings.map(({ code, rule }) => `${code} ${rule}`)
  expect(rules(v230.Tariff)).toEqual(['missing TAR-042'])
  expect(rules(v221.Tariff)).toEqual([])
})
