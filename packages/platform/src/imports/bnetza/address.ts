import { columns, oneLine, type RegisterRow } from './columns.js'
import { isEvseId } from './evse-ids.js'
import type { Note } from './row-report.js'

/** Address of a facility, cleaned of what is no text, within the lengths of OCPI. */
export interface Address {
  /** Street and number as shown. */
  readonly line: string
  readonly city: string
  readonly postalCode: string | undefined
  readonly state: string | undefined
  /** Free text that leads to the facility. */
  readonly directions: string | undefined
  /** Folded street and number: equal for two spellings of one address. */
  readonly key: string
  readonly hasHouseNumber: boolean
}

/** Cuts to `max` code points and says so (LOC-139). */
export function fit(text: string, max: number, column: string, note: Note): string {
  const points = [...text]
  if (points.length <= max) return text
  note('text_cut', column, text, `cut to ${max} characters`)
  return points.slice(0, max).join('').trimEnd()
}

function readHouseNumber(cell: string, note: Note): string {
  const text = oneLine(cell)
  const number = text.replace(/^[^\p{L}\p{N}]+/u, '')
  if (number === '' || number === '0') {
    note('house_number_missing', columns.houseNumber, cell, 'address is the street alone')
    return ''
  }
  if (number !== text) note('house_number_repaired', columns.houseNumber, cell, `read as ${number}`)
  return number
}

function joinStreet(street: string, number: string, note: Note): string {
  if (number === '') return street
  if (!street.endsWith(` ${number}`)) return `${street} ${number}`
  note('house_number_repaired', columns.houseNumber, number, 'already part of the street, not repeated')
  return street
}

/** Folds spelling variants: Straße, Strasse and Str. are one, spaces, dots and hyphens carry nothing. */
const foldStreet = (text: string): string =>
  text
    .toLowerCase()
    .replace(/stra(ß|ss)e/g, 'str')
    .replace(/(?<=\d)\s*[/–-]\s*(?=\d)/g, '~')
    .replace(/[^\p{L}\p{N}~]/gu, '')

function readCity(row: RegisterRow, note: Note): string {
  const cell = row.cell(columns.city)
  const city = oneLine(cell)
  const town = /^Kreisfreie Stadt (.+)$/.exec(oneLine(row.cell(columns.district)))?.[1]
  if (town === undefined || city === '' || city.toLowerCase().startsWith(town.toLowerCase())) return city
  note('city_contradicts_district', columns.city, cell, `read as ${town}, which the district column states`)
  return town
}

function readPostalCode(cell: string, note: Note): string | undefined {
  const code = oneLine(cell)
  if (/^\d{5}$/.test(code)) return code
  note('postal_code_garbled', columns.postalCode, cell, 'left out: a German postal code has five digits')
  return undefined
}

function readDirections(cell: string, note: Note): string | undefined {
  const text = oneLine(cell)
  if (text === '') return undefined
  if (isEvseId(text)) {
    note('evse_id_in_address', columns.addressNote, cell, 'left out: an EVSE id, not a way to the place')
    return undefined
  }
  return fit(text, 512, columns.addressNote, note)
}

/** Address of a row, or undefined after reporting that street or city is missing. */
export function readAddress(row: RegisterRow, note: Note): Address | undefined {
  const street = oneLine(row.cell(columns.street))
  const city = readCity(row, note)
  if (street === '' || city === '') {
    const column = street === '' ? columns.street : columns.city
    note('address_missing', column, row.cell(column), 'skipped: a Location needs street and city')
    return undefined
  }
  const number = readHouseNumber(row.cell(columns.houseNumber), note)
  const line = joinStreet(street, number, note)
  const state = oneLine(row.cell(columns.state))
  return {
    line: fit(line, 255, columns.street, note),
    city: fit(city, 45, columns.city, note),
    postalCode: readPostalCode(row.cell(columns.postalCode), note),
    state: state === '' ? undefined : fit(state, 45, columns.state, note),
    directions: readDirections(row.cell(columns.addressNote), note),
    key: foldStreet(line),
    hasHouseNumber: number !== '',
  }
}
