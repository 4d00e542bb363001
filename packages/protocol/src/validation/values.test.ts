import { describe, expect, it } from 'vitest'
import * as v221 from '../modules/v221.js'
import * as v230 from '../modules/v230.js'
import { deviations, readValue, strictDeviations } from '../testing/deviations.js'
import { exampleCdr, exampleLocation } from '../testing/index.js'
import { checkDocument, parseDocument } from './document.js'

const location = (changes: object) => ({ ...exampleLocation(), ...changes })
const evse = (changes: object) => ({ ...exampleLocation().evses?.[0], ...changes })

describe('text', () => {
  it('counts code points, not code units (LOC-139)', () => {
    expect(deviations(v230.Location, location({ name: 'ü'.repeat(255) }))).toEqual([])
    expect(deviations(v230.Location, location({ name: '🔌'.repeat(255) }))).toEqual([])
    expect(deviations(v230.Location, location({ name: '🔌'.repeat(256) }))).toEqual([
      'too_long /name TYP-007 error',
    ])
    expect(deviations(v230.Location, location({ name: 'x'.repeat(1000) }))).toEqual([
      'too_long /name TYP-007 error',
    ])
  })

  it('refuses a CiString with anything but printable ASCII (TYP-003)', () => {
    for (const id of ['é', 'a\tb', 'a\n', '\u007f', 'a\u00a0b'])
      expect(deviations(v230.Location, location({ id }))).toEqual(['bad_characters /id TYP-003 error'])
    expect(deviations(v230.Location, location({ id: ' ~' }))).toEqual([])
  })

  it('refuses control characters and broken surrogates in a string (TYP-004, LOC-138)', () => {
    for (const name of ['a\tb', 'a\r\n', '\u0000', '\u0085', 'a\ud800'])
      expect(deviations(v230.Location, location({ name }))).toEqual(['bad_characters /name TYP-004 error'])
    expect(deviations(v230.Location, location({ name: 'Zürich – 東京 🔌' }))).toEqual([])
  })

  it('refuses an empty required text and drops an empty optional one (TYP-011)', () => {
    expect(deviations(v230.Location, location({ city: '' }))).toEqual(['missing /city TYP-011 error'])
    expect(deviations(v230.Location, location({ name: '' }))).toEqual(['repaired /name TYP-011 warning'])
    expect(readValue(v230.Location, location({ name: '' }))).not.toHaveProperty('name')
  })

  it('checks the format of codes, coordinates and zones', () => {
    const wrong = {
      country: 'DE',
      time_zone: 'CET+1',
      coordinates: { latitude: '52.39', longitude: '13.06447' },
    }
    expect(deviations(v230.Location, location(wrong))).toEqual([
      'bad_format /country LOC-110 error',
      'bad_format /coordinates/latitude LOC-111 error',
      'bad_format /time_zone LOC-113 error',
    ])
    expect(
      deviations(v230.Location, location({ coordinates: { latitude: 52.39056, longitude: '13.06447' } })),
    ).toEqual(['wrong_type /coordinates/latitude mod_locations_geolocation_class error'])
  })

  it('accepts a coordinate of seven decimals that exceeds the length (LOC-111)', () => {
    const given = location({ coordinates: { latitude: '-12.1234567', longitude: '-126.1234567' } })
    expect(deviations(v230.Location, given)).toEqual([
      'too_long /coordinates/latitude LOC-111 warning',
      'too_long /coordinates/longitude LOC-111 warning',
    ])
    expect(readValue(v230.Location, given)).toBe(given)
  })

  it('accepts longer addresses of a CDR from other editions, and sends none (LOC-140)', () => {
    const place = { ...exampleCdr().cdr_location, address: 'x'.repeat(255), state: 'y'.repeat(45) }
    const given = { ...exampleCdr(), cdr_location: place }
    expect(deviations(v230.CDR, given)).toEqual([
      'too_long /cdr_location/address LOC-140 warning',
      'too_long /cdr_location/state LOC-140 warning',
    ])
    expect(readValue(v230.CDR, given)).toBe(given)
    expect(strictDeviations(v230.CDR, given)).toEqual([
      'too_long /cdr_location/address error',
      'too_long /cdr_location/state error',
    ])
    const longer = { ...given, cdr_location: { ...place, state: undefined, address: 'x'.repeat(256) } }
    expect(deviations(v230.CDR, longer)).toEqual(['too_long /cdr_location/address TYP-007 error'])
  })

  it('takes signed data of up to 5000 characters as it is (CDR-092)', () => {
    const signed = (length: number) => ({
      encoding_method: 'OCMF',
      signed_values: [{ nature: 'Start', plain_data: '{}', signed_data: 'A'.repeat(length) }],
    })
    expect(deviations(v221.SignedData, signed(5000))).toEqual([])
    expect(deviations(v221.SignedData, signed(5001))).toEqual([
      'too_long /signed_values/0/signed_data TYP-007 error',
    ])
  })

  it('cuts a language tag to two letters (TYP-053)', () => {
    const text = (language: string) => ({ language, text: 'Hallo' })
    expect(readValue(v230.DisplayText, text('en-GB'))).toEqual(text('en'))
    expect(readValue(v230.DisplayText, text('DEU'))).toEqual(text('de'))
    expect(readValue(v230.DisplayText, text('EN'))).toEqual(text('EN'))
    expect(deviations(v230.DisplayText, text('en-GB'))).toEqual(['repaired /language TYP-053 warning'])
    expect(deviations(v230.DisplayText, text('1-a'))).toEqual(['too_long /language TYP-007 error'])
  })
})

describe('URLs', () => {
  it('are absolute, http or https, and fit (TYP-050)', () => {
    const image = (url: string) => deviations(v230.Image, { url, category: 'OTHER', type: 'png' })
    for (const url of [
      'https://a.example/x?y=1#z',
      'HTTP://A.EXAMPLE:8080/',
      'https://[::1]/x',
      'https://ex.example/ü',
    ])
      expect(image(url)).toEqual([])
    for (const url of [
      '/x.png',
      'ftp://a.example/',
      'https://',
      'https:///x',
      'https://a.example/a b',
      'https://a:99999/',
      'https://1.2.3.999/',
      'x',
      'https://a.example/\n',
    ])
      expect(image(url)).toEqual(['bad_url /url TYP-050 error'])
    expect(image(`https://a.example/${'x'.repeat(237)}`)).toEqual([])
    expect(image(`https://a.example/${'x'.repeat(238)}`)).toEqual(['too_long /url TYP-050 error'])
  })
})

describe('date and time', () => {
  const read = (last_updated: unknown) => {
    const given = location({ last_updated })
    const parsed = parseDocument(v230.Location, given, 'whole')
    return [parsed.ok ? parsed.value.last_updated : undefined, ...parsed.findings.map(({ code }) => code)]
  }

  it('keeps the listed forms as sent (TYP-021, TYP-023)', () => {
    for (const text of [
      '2015-06-29T20:39:09Z',
      '2015-06-29T20:39:09',
      '2016-12-29T17:45:09.2Z',
      '2016-12-29T17:45:09.25Z',
      '2018-01-01T01:08:01.123',
    ])
      expect(read(text)).toEqual([text])
    expect(checkDocument(v230.Location, location({ last_updated: '2015-06-29T20:39:09' }), 'whole')).toEqual(
      [],
    )
  })

  it('repairs offsets, longer fractions, a leap second and short months to UTC with Z', () => {
    expect(read('2015-06-29T20:39:09+00:00')).toEqual(['2015-06-29T20:39:09Z', 'repaired'])
    expect(read('2015-06-29T20:39:09.5+02:00')).toEqual(['2015-06-29T18:39:09.500Z', 'repaired'])
    expect(read('2015-06-29T20:39:09.999999Z')).toEqual(['2015-06-29T20:39:09.999Z', 'repaired'])
    expect(read('2016-12-31T23:59:60Z')).toEqual(['2016-12-31T23:59:59Z', 'repaired'])
    expect(read('1970-1-1T00:00:00Z')).toEqual(['1970-01-01T00:00:00Z', 'repaired'])
    expect(strictDeviations(v230.Location, location({ last_updated: '2015-06-29T20:39:09+00:00' }))).toEqual([
      'bad_date_time /last_updated error',
    ])
  })

  it('refuses everything else (types.md 1.2)', () => {
    for (const text of [
      '2015-06-29',
      '20150629T203909Z',
      '2015-02-29T00:00:00Z',
      '2015-06-31T00:00:00Z',
      '2015-13-01T00:00:00Z',
      '2015-06-29T24:00:00Z',
      '2015-W27-1T00:00:00Z',
      '2015-06-29 20:39:09',
      'x'.repeat(100),
    ])
      expect(read(text)).toEqual([undefined, 'bad_date_time'])
    expect(read(1435610349)).toEqual([undefined, 'wrong_type'])
  })
})

describe('numbers and booleans', () => {
  const connector = (changes: object) => ({ ...exampleLocation().evses?.[0]?.connectors[0], ...changes })

  it('reads a number in quotes with a warning (TYP-040, TAR-049)', () => {
    expect(readValue(v221.Price, { excl_vat: '2.00' })).toEqual({ excl_vat: 2 })
    expect(deviations(v221.Price, { excl_vat: '-2.5' })).toEqual(['repaired /excl_vat TYP-040 warning'])
    expect(strictDeviations(v221.Price, { excl_vat: '2' })).toEqual(['wrong_type /excl_vat error'])
    for (const text of ['', 'x', '1e3', '#NA', ' 1', '0x10', '1,5'])
      expect(deviations(v221.Price, { excl_vat: text })).toEqual(['wrong_type /excl_vat TYP-040 error'])
  })

  it('refuses a fraction and too many digits in an int (TYP-045)', () => {
    expect(deviations(v230.Connector, connector({ max_voltage: JSON.parse('1.0') }))).toEqual([])
    expect(deviations(v230.Connector, connector({ max_voltage: 1.5 }))).toEqual([
      'not_an_integer /max_voltage TYP-045 error',
    ])
    const image = { url: 'https://a.example/', category: 'OTHER', type: 'png', width: 100_000 }
    expect(deviations(v230.Image, image)).toEqual(['too_long /width TYP-007 error'])
    expect(deviations(v230.Image, { ...image, width: -100_000 })).toEqual(['too_long /width TYP-007 error'])
  })

  it('refuses numbers beyond the range of a double', () => {
    expect(deviations(v221.Price, JSON.parse('{"excl_vat":1e999}'))).toEqual([
      'wrong_type /excl_vat TYP-040 error',
    ])
  })

  it('takes booleans as booleans only', () => {
    for (const publish of ['true', 1, 'false', 0])
      expect(deviations(v230.Location, location({ publish }))).toEqual([
        'wrong_type /publish mod_locations_location_object error',
      ])
  })

  it('accepts negative amounts (credits and energy fed back)', () => {
    expect(deviations(v230.Price, { before_taxes: -4.4, taxes: [{ name: 'VAT', amount: -0.8 }] })).toEqual([])
  })
})

describe('enumerations', () => {
  it('keep an unknown value of an open one silently (LOC-142, TYP-055)', () => {
    const given = evse({ capabilities: ['NEW_THING'] })
    expect(readValue(v230.EVSE, given)).toBe(given)
    expect(checkDocument(v230.EVSE, given, 'whole')).toEqual([])
  })

  it('refuse an endless value of an open one: it would become part of a key (TYP-055)', () => {
    const given = evse({ capabilities: ['X'.repeat(256)] })
    expect(deviations(v230.EVSE, given)).toEqual(['too_long /capabilities/0 TYP-055 error'])
  })

  it('drop an unknown value of a closed one from an optional list (LOC-143)', () => {
    const given = evse({ capabilities: ['NEW_THING', 'RESERVABLE'] })
    expect(deviations(v221.EVSE, given)).toEqual(['unknown_value /capabilities/0 LOC-143 warning'])
    expect(readValue(v221.EVSE, given)).toMatchObject({ capabilities: ['RESERVABLE'] })
    expect(strictDeviations(v221.EVSE, given)).toEqual(['unknown_value /capabilities/0 error'])
  })

  it('refuse an unknown value of a closed one in a single field (TYP-056)', () => {
    expect(deviations(v230.EVSE, evse({ status: 'BUSY' }))).toEqual(['unknown_value /status TYP-056 error'])
    expect(deviations(v221.Location, location({ parking_type: 'ROOF' }))).toEqual([
      'unknown_value /parking_type TYP-056 error',
    ])
    expect(deviations(v230.EVSE, evse({ status: 3 }))).toEqual([
      'wrong_type /status mod_locations_evse_object error',
    ])
  })

  it('repair other casing (TYP-010)', () => {
    const given = evse({ status: 'available', capabilities: ['rfid_reader'] })
    expect(readValue(v230.EVSE, given)).toMatchObject({ status: 'AVAILABLE', capabilities: ['RFID_READER'] })
    expect(deviations(v230.EVSE, given)).toEqual([
      'repaired /status TYP-010 warning',
      'repaired /capabilities/0 TYP-010 warning',
    ])
    const connector = { ...exampleLocation().evses?.[0]?.connectors[0], standard: 'IEC_60309_2_SINGLE_16' }
    expect(readValue(v230.Connector, connector)).toHaveProperty('standard', 'IEC_60309_2_single_16')
  })

  it('read the session status RESERVED as RESERVATION (SES-057)', () => {
    for (const status of ['RESERVED', 'reserved'])
      expect(readValue(v230.Session, { status }, 'patch')).toEqual({ status: 'RESERVATION' })
    expect(deviations(v221.Session, { status: 'RESERVED' }, 'patch')).toEqual([
      'repaired /status SES-057 warning',
    ])
  })

  it('never hold #NA, which is for texts (TYP-012)', () => {
    expect(deviations(v230.Token, { type: '#NA' }, 'patch')).toEqual(['unknown_value /type TYP-012 error'])
    expect(readValue(v230.EVSE, evse({ capabilities: ['#NA', 'RESERVABLE'] }))).toMatchObject({
      capabilities: ['RESERVABLE'],
    })
    expect(deviations(v230.Location, location({ postal_code: '#NA' }))).toEqual([])
  })

  it('may be the document itself', () => {
    expect(readValue(v230.ChargingPreferencesResponse, 'ACCEPTED')).toBe('ACCEPTED')
    expect(deviations(v230.ChargingPreferencesResponse, 'MAYBE')).toEqual(['unknown_value  TYP-056 error'])
    expect(deviations(v230.ChargingPreferencesResponse, null)).toEqual([
      'wrong_type  mod_sessions_charging_preferences_response_enum error',
    ])
  })

  it('show a value only when it is short and printable', () => {
    const messageOf = (status: string) => parseDocument(v230.EVSE, { status }, 'patch').findings[0]?.message
    expect(messageOf('BUSY')).toContain('"BUSY"')
    expect(messageOf('a\u001b[31m')).not.toContain('\u001b')
    expect(messageOf('x'.repeat(500))).not.toContain('xxx')
  })
})

describe('parking of an EVSE', () => {
  it('may be given as plain ids', () => {
    const given = evse({ parking: ['P1', { parking_id: 'P2' }] })
    expect(readValue(v230.EVSE, given)).toMatchObject({
      parking: [{ parking_id: 'P1' }, { parking_id: 'P2' }],
    })
    expect(deviations(v230.EVSE, given)).toEqual([
      'repaired /parking/0 mod_locations_evseparking_class warning',
    ])
  })
})
