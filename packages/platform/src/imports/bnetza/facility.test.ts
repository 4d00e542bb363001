import { describe, expect, it } from 'vitest'
import { columns } from './columns.js'
import { importRows } from './testing/register.js'

const one = async (cells: Record<string, string>) => {
  const { locations, report } = await importRows([cells])
  return { location: locations[0], codes: report.map(({ code }) => code) }
}

describe('EVSE ids', () => {
  it.each(['DE*QRM*ER47P411', 'DEALLEGO002569*1', 'DE*811*E81235035*1', '\nDE*EZE*ETTA000761*01\n'])(
    'keeps %j as written',
    async (id) => {
      const { location } = await one({ 'EVSE-ID1': id })
      expect(location?.evses?.[0]?.evse_id).toBe(id.trim())
    },
  )

  it.each([
    ['DE-ACO-E10202-U2-01-1', 'evse_id_malformed'],
    ['DE*GMS*259628', 'evse_id_malformed'],
    ['6952605', 'evse_id_malformed'],
    ['MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE+kt8Cu5O0ICaSCDHDSqE', 'evse_id_malformed'],
    ['DECPWE1234673064*2\nDECPWE1234673064*3', 'evse_id_ambiguous'],
  ])('leaves out and reports %j', async (id, code) => {
    const { location, codes } = await one({ 'EVSE-ID1': id })
    expect(location?.evses?.[0]).not.toHaveProperty('evse_id')
    expect(codes).toContain(code)
  })

  it('leaves out an id that stands at two charge points, separators and case apart (T-19)', async () => {
    const { locations, report } = await importRows([
      { [columns.id]: '1', 'EVSE-ID1': 'DE*LAD*EGRUEN20036*01' },
      { [columns.id]: '2', 'EVSE-ID1': 'DELADegruen2003601' },
    ])
    expect(locations.flatMap(({ evses }) => evses ?? []).some((evse) => 'evse_id' in evse)).toBe(false)
    expect(report.filter(({ code }) => code === 'evse_id_duplicate').map(({ line }) => line)).toEqual([2, 3])
  })
})

describe('addresses', () => {
  it.each([
    ['Schwarzer Weg', '0', 'Schwarzer Weg', 'house_number_missing'],
    ['Goethestraße 13', '13', 'Goethestraße 13', 'house_number_repaired'],
    ['Pankower Allee  9', '9', 'Pankower Allee 9', 'house_number_repaired'],
    ['Straße des 17. Juni', '´125', 'Straße des 17. Juni 125', 'house_number_repaired'],
  ])('%s | %s becomes %s', async (street, number, address, code) => {
    const { location, codes } = await one({ [columns.street]: street, [columns.houseNumber]: number })
    expect(location?.address).toBe(address)
    expect(codes).toContain(code)
  })

  it('takes the city of the district when the two contradict, and says so', async () => {
    const { location, codes } = await one({ [columns.city]: 'Essen' })
    expect(location?.city).toBe('Berlin')
    expect(codes).toContain('city_contradicts_district')
    expect((await one({ [columns.city]: 'Berlin-Spandau' })).location?.city).toBe('Berlin-Spandau')
  })

  it('LOC-138 holds no control characters, LOC-139 no more code points than the field', async () => {
    const { location, codes } = await one({
      [columns.siteName]: 'Tief\tgarage\nNord',
      [columns.city]: `Berlin${'ü'.repeat(60)}`,
    })
    expect(location?.name).toBe('Tief garage Nord')
    expect([...(location?.city ?? '')]).toHaveLength(45)
    expect(codes).toContain('text_cut')
  })

  it('leaves out a postal code that is none and an EVSE id among the address', async () => {
    const { location, codes } = await one({
      [columns.postalCode]: '1067',
      [columns.addressNote]: 'DE*DES*E1003299',
    })
    expect(location).not.toHaveProperty('postal_code')
    expect(location).not.toHaveProperty('directions')
    expect(codes).toEqual(expect.arrayContaining(['postal_code_garbled', 'evse_id_in_address']))
  })

  it('gives the address note as directions, and as the kind of parking when it is only that', async () => {
    const { location } = await one({ [columns.addressNote]: 'Tiefgarage' })
    expect(location?.directions).toEqual([{ language: 'de', text: 'Tiefgarage' }])
    expect(location?.parking_type).toBe('UNDERGROUND_GARAGE')
    const vague = await one({ [columns.addressNote]: 'gegenüber Parkhaus' })
    expect(vague.location).not.toHaveProperty('parking_type')
  })
})

describe('what a facility offers', () => {
  it('LOC-135 maps payment systems to capabilities and claims no more', async () => {
    const { location } = await one({
      [columns.payment]:
        'Kreditkarte (NFC);Debitkarte (Lesegerät);Onlinezahlungsverfahren;RFID-Karte;Sonstige',
    })
    expect(location?.evses?.[0]?.capabilities).toEqual([
      'CHIP_CARD_SUPPORT',
      'CONTACTLESS_CARD_SUPPORT',
      'CREDIT_CARD_PAYABLE',
      'DEBIT_CARD_PAYABLE',
      'RFID_READER',
    ])
  })

  it('reports payment OCPI has no capability for, and wordings it does not know', async () => {
    const { location, codes } = await one({ [columns.payment]: 'Plug & Charge;Muscheln' })
    expect(location?.evses?.[0]).not.toHaveProperty('capabilities')
    expect(codes).toEqual(expect.arrayContaining(['payment_not_carried', 'payment_unknown']))
  })

  it.each([
    ['In Betrieb', 'UNKNOWN'],
    ['In Wartung', 'INOPERATIVE'],
    ['Außer Betrieb', 'OUTOFORDER'],
    ['Geplant', 'PLANNED'],
    ['Vermisst', 'UNKNOWN'],
  ])('%s is status %s: the register knows nothing of the moment', async (text, status) => {
    expect((await one({ [columns.status]: text })).location?.evses?.[0]?.status).toBe(status)
  })

  it('restricts parking to customers where the register says so', async () => {
    const { location } = await one({ [columns.parkingNote]: 'Nur für Kunden/Besucher' })
    expect(location?.evses?.[0]?.parking_restrictions).toEqual(['CUSTOMERS'])
  })

  it('makes one EVSE of a charge point, its number in the uid, its plugs the connectors', async () => {
    const { location, codes } = await one({
      [columns.chargePointCount]: '3',
      Steckertypen1: 'Unbekannt',
      Steckertypen3: 'AC Typ 2 Steckdose; AC Typ 2 Fahrzeugkupplung',
      'Nennleistung Stecker3': '22; 11',
    })
    expect(location?.evses?.map(({ uid }) => uid)).toEqual(['BNETZA-1112348-3'])
    expect(location?.evses?.[0]?.connectors.map(({ id, max_amperage }) => [id, max_amperage])).toEqual([
      ['1', 32],
      ['2', 16],
    ])
    expect(codes).toEqual(expect.arrayContaining(['charge_point_count_differs', 'connector_unknown']))
  })
})
