import { describe, expect, it } from 'vitest'
import { convert, documentNamed, lossesBetween } from './convert.js'

const location = {
  country_code: 'DE',
  party_id: 'CPO',
  id: 'LOC1',
  publish: true,
  address: 'Lindenweg 4',
  city: 'Kassel',
  country: 'DEU',
  coordinates: { latitude: '51.312345', longitude: '9.481234' },
  time_zone: 'Europe/Berlin',
  help_phone: '+49 561 000000',
  last_updated: '2026-03-01T10:00:00Z',
  vendor_note: 'kept',
}

describe('convert', () => {
  it('gives the document in the other version and what that cost', () => {
    const { help_phone: _lost, ...expected } = location
    expect(convert('location', '2.3.0', '2.2.1', location, 'whole')).toEqual({
      kind: 'document',
      document: expected,
      losses: [{ pointer: '/help_phone', reason: expect.any(String), severity: 'lost' }],
    })
  })

  it('gives back the same document, and no loss, in the same version', () => {
    for (const version of ['2.2.1', '2.3.0'] as const)
      expect(convert('location', version, version, location, 'whole')).toEqual({
        kind: 'document',
        document: location,
        losses: [],
      })
  })

  it('says why a version cannot hold a document', () => {
    const connector = { id: '1', standard: 'NEMA_5_20', format: 'SOCKET', power_type: 'AC_1_PHASE' }
    const strange = { ...connector, standard: 'MEGAWATT_9000' }
    expect(convert('connector', '2.3.0', '2.2.1', strange, 'whole')).toMatchObject({
      kind: 'withheld',
      reason: expect.stringContaining('MEGAWATT_9000'),
    })
  })
})

describe('documentNamed', () => {
  it('knows documents however their name is spelt', () => {
    for (const spelling of ['StartSession', 'start_session', 'STARTSESSION'])
      expect(documentNamed(spelling)).toBe('start_session')
    expect(documentNamed('CDR')).toBe('cdr')
  })

  it('knows no parts of documents', () => {
    expect(documentNamed('GeoLocation')).toBeUndefined()
    expect(documentNamed('constructor')).toBeUndefined()
  })
})

describe('lossesBetween', () => {
  it('lists what is lost in that direction only', () => {
    const down = lossesBetween('2.3.0', '2.2.1')
    expect(down).toContainEqual(expect.objectContaining({ document: 'location', pointer: '/help_phone' }))
    expect(down.every(({ from, to }) => from === '2.3.0' && to === '2.2.1')).toBe(true)
    expect(lossesBetween('2.2.1', '2.3.0').every(({ from }) => from === '2.2.1')).toBe(true)
  })

  it('lists nothing where nothing is crossed', () => {
    expect(lossesBetween('2.2.1', '2.2.1')).toEqual([])
  })
})
