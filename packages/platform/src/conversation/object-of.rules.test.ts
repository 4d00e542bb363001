import { describe, expect, it } from 'vitest'
import { type Concerned, objectOf } from './object-of.rules.js'

const nl = { countryCode: 'NL', partyId: 'ALF' }
const de = { countryCode: 'de', partyId: 'iwc' }

const concerned = (change: Partial<Concerned>): Concerned => ({
  module: 'locations',
  side: 'RECEIVER',
  operation: 'locations.receiver.put',
  params: {},
  body: undefined,
  to: undefined,
  ends: undefined,
  ...change,
})

const keyOf = (change: Partial<Concerned>): string | undefined => {
  const object = objectOf(concerned(change))
  return object && `${object.kind} ${object.countryCode}*${object.partyId}/${object.id}`
}

const owner = { country_code: 'nl', party_id: 'alf' }

describe('the object of a message', () => {
  it.each([
    ['locations', { ...owner, location_id: 'loc1' }, 'location NL*ALF/LOC1'],
    [
      'locations',
      { ...owner, location_id: 'loc1', evse_uid: 'e1', connector_id: '1' },
      'evse NL*ALF/LOC1/E1',
    ],
    ['tariffs', { ...owner, tariff_id: 't' }, 'tariff NL*ALF/T'],
    ['tokens', { ...owner, token_uid: '04aa' }, 'token NL*ALF/04AA'],
    ['sessions', { ...owner, session_id: 's' }, 'session NL*ALF/S'],
    ['hubclientinfo', owner, 'client_info NL*ALF/ALF'],
    ['bookings', { ...owner, booking_id: 'b' }, 'booking NL*ALF/B'],
  ])('of %s is in the address: %o', (module, params, expected) => {
    expect(keyOf({ module, params })).toBe(expected)
  })

  it('of a POST is in the body', () => {
    expect(keyOf({ module: 'cdrs', body: { ...owner, id: 'c1' } })).toBe('cdr NL*ALF/C1')
    expect(keyOf({ module: 'payments', body: { ...owner, terminal_id: 't' } })).toBe('terminal NL*ALF/T')
  })

  it.each([
    [{ session_id: 's1' }, 'session DE*IWC/S1'],
    [{ location_id: 'l1', evse_uid: 'e1', token: { uid: 'x' } }, 'evse DE*IWC/L1/E1'],
    [{ location_id: 'l1' }, 'location DE*IWC/L1'],
  ])('of a command %o belongs to the party it is for', (body, expected) => {
    expect(keyOf({ module: 'commands', to: de, body })).toBe(expected)
  })

  it('belongs to one end of a connection between one party each (ROL-006)', () => {
    const ends = { sender: nl, receiver: de }
    expect(keyOf({ module: 'cdrs', ends, body: { id: 'c1' } })).toBe('cdr NL*ALF/C1')
    expect(keyOf({ module: 'locations', side: 'SENDER', ends, params: { location_id: 'l' } })).toBe(
      'location DE*IWC/L',
    )
    expect(keyOf({ module: 'commands', ends, body: { session_id: 's' } })).toBe('session DE*IWC/S')
  })

  it('has no party where nothing tells it', () => {
    expect(objectOf(concerned({ side: 'SENDER', params: { location_id: 'l' } }))).toEqual({
      kind: 'location',
      countryCode: null,
      partyId: null,
      id: 'L',
    })
  })

  it.each([
    { module: null },
    { module: 'versions' },
    { module: 'credentials', body: { token: 'x' } },
    { module: 'locations' },
    { module: 'cdrs', body: 'no object' },
    { module: 'cdrs', body: { id: 7 } },
    { module: 'commands', body: { result: 'ACCEPTED' } },
  ])('is not made up for %o', (change) => {
    expect(objectOf(concerned(change))).toBeUndefined()
  })
})
