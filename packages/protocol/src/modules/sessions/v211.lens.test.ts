import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../json/json-object.js'
import { lift, lower } from '../../lens/index.js'

const AT = '2026-01-01T10:00:00Z'
const connector = (id: string): JsonObject => ({
  id,
  standard: 'IEC_62196_T2',
  format: 'SOCKET',
  power_type: 'AC_3_PHASE',
  voltage: 230,
  amperage: 32,
  last_updated: AT,
})
const place = (id = 'L1', uid = 'E1'): JsonObject => ({
  id,
  type: 'ON_STREET',
  address: 'Weg 1',
  city: 'Ort',
  postal_code: '1',
  country: 'DEU',
  coordinates: { latitude: '1.000000', longitude: '2.000000' },
  evses: [{ uid, status: 'CHARGING', connectors: [connector('1')], last_updated: AT }],
  last_updated: AT,
})
const session = (change: JsonObject = {}): JsonObject => ({
  id: 'S1',
  start_datetime: AT,
  kwh: 1,
  auth_id: 'C1',
  auth_method: 'WHITELIST',
  location: place(),
  currency: 'EUR',
  total_cost: 2,
  status: 'ACTIVE',
  last_updated: AT,
  ...change,
})
const owner = { countryCode: 'DE', partyId: 'CPO' }
const card = { country_code: 'DE', party_id: 'MSP', uid: 'U1', type: 'RFID', contract_id: 'C1' }
const facts = { owner, tokenOwner: { countryCode: 'DE', partyId: 'MSP' }, tokenOf: () => card }

/** The location as it is stored, with a second EVSE that the session is not about. */
const stored = (): JsonObject => {
  const { document } = lift('location', '2.1.1', place(), 'whole', { owner })
  const evses = Array.isArray(document.evses) ? document.evses : []
  return { ...document, evses: [...evses, { ...evses[0], uid: 'E2' }] }
}

describe('a session of 2.1.1', () => {
  it('names token and place by what is stored of them (sessions.md, translation)', () => {
    const { document } = lift('session', '2.1.1', session(), 'whole', facts)
    expect(document).toMatchObject({
      ...{ country_code: 'DE', party_id: 'CPO', start_date_time: AT },
      ...{ cdr_token: card, location_id: 'L1', evse_uid: 'E1', connector_id: '1' },
      total_cost: { before_taxes: 2 },
    })
    expect(document).not.toHaveProperty('location')
  })

  it('has a token without uid when nobody knows the contract, and #NA where there is no EVSE', () => {
    const { evses: _none, ...bare } = place()
    const { document } = lift('session', '2.1.1', session({ location: bare }), 'whole', {
      ...facts,
      tokenOf: () => undefined,
    })
    expect(document).toMatchObject({
      cdr_token: { uid: '#NA', type: 'OTHER', contract_id: 'C1', party_id: 'MSP' },
      evse_uid: '#NA',
      connector_id: '#NA',
    })
  })

  it('is given back as sent whatever has become known since', () => {
    const { document, unmapped } = lift('session', '2.1.1', session(), 'whole', facts)
    const back = lower('session', '2.1.1', document, 'whole', unmapped, { ...facts, placeOf: stored })
    expect(back).toEqual({ kind: 'document', document: session(), losses: [] })
  })

  it('does not keep the location of before when it moved: that is put together anew', () => {
    const { document, unmapped } = lift('session', '2.1.1', session(), 'whole', facts)
    const moved = { ...document, location_id: 'L2', evse_uid: 'E9' }
    expect(lower('session', '2.1.1', moved, 'whole', unmapped, facts).kind).toBe('withheld')
    const other = lift('location', '2.1.1', place('L2', 'E9'), 'whole', { owner }).document
    const known = { ...facts, placeOf: (id: string) => (id === 'L2' ? other : undefined) }
    expect(lower('session', '2.1.1', moved, 'whole', unmapped, known)).toMatchObject({
      document: { location: { id: 'L2', evses: [{ uid: 'E9' }] } },
    })
  })
})

describe('a session for a partner on 2.1.1', () => {
  const { document: canonical } = lift('session', '2.1.1', session(), 'whole', facts)
  const down = (change: JsonObject, known = { ...facts, placeOf: stored }) =>
    lower('session', '2.1.1', { ...canonical, ...change }, 'whole', undefined, known)

  it('holds the location with one EVSE and one connector (SES-065)', () => {
    expect(down({})).toMatchObject({
      document: { location: { id: 'L1', evses: [{ uid: 'E1', connectors: [{ id: '1', voltage: 230 }] }] } },
    })
    const lowered = down({})
    expect(lowered.kind === 'document' && JSON.stringify(lowered.document)).not.toContain('E2')
  })

  it('is withheld when its location is not stored: nothing is made up', () => {
    expect(down({}, { ...facts, placeOf: () => undefined as never })).toMatchObject({
      kind: 'withheld',
      reason: expect.stringContaining('location'),
    })
  })

  it('says what 2.1.1 lacks by the nearest it has', () => {
    expect(
      down({ status: 'RESERVATION', auth_method: 'COMMAND', authorization_reference: 'R' }),
    ).toMatchObject({
      document: { status: 'PENDING', auth_method: 'AUTH_REQUEST' },
      losses: expect.arrayContaining([expect.objectContaining({ pointer: '/authorization_reference' })]),
    })
  })

  it('loses dimensions, and periods that have no other', () => {
    const period = (...types: string[]) => ({
      start_date_time: AT,
      dimensions: types.map((type) => ({ type, volume: 1 })),
    })
    expect(down({ charging_periods: [period('ENERGY', 'POWER'), period('STATE_OF_CHARGE')] })).toMatchObject({
      document: { charging_periods: [{ dimensions: [{ type: 'ENERGY' }] }] },
    })
  })

  it('is patched by fields; a change of place needs a PUT', () => {
    expect(lower('session', '2.1.1', { kwh: 2, last_updated: AT }, 'patch')).toMatchObject({
      document: { kwh: 2, last_updated: AT },
    })
    expect(lower('session', '2.1.1', { evse_uid: 'E2' }, 'patch').kind).toBe('withheld')
  })
})
