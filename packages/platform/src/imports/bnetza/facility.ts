import type { ocpi230 } from '@interwatt/protocol'
import { type Address, fit, readAddress } from './address.js'
import { columns, oneLine, type RegisterRow, slotColumns } from './columns.js'
import { type Place, readPlace } from './coordinates.js'
import { readEvseId } from './evse-ids.js'
import { wattsOf } from './kilowatts.js'
import { readOpeningTimes } from './opening-times.js'
import { type Payments, readPayments } from './payments.js'
import { type Plug, readPlugs } from './plugs.js'
import type { Note } from './row-report.js'

/** What the register says of the operation of a facility. */
export type OperationState = 'in_operation' | 'in_maintenance' | 'out_of_operation' | 'planned' | 'unknown'

/** One charge point with the plugs that could be read. */
export interface ChargePoint {
  /** Number of its columns in the register, from 1. */
  readonly slot: number
  readonly evseId: string | undefined
  readonly plugs: readonly Plug[]
}

/** One row of the register, read: what it states and OCPI can carry. */
export interface Facility {
  readonly line: number
  /** `Ladeeinrichtungs-ID`. */
  readonly id: string
  /** `Betreiber`, `''` when the register names none. */
  readonly operator: string
  /** Name the operator wants shown, else the operator. */
  readonly displayName: string
  readonly operation: OperationState
  readonly address: Address
  readonly place: Place
  readonly siteName: string | undefined
  readonly customersOnly: boolean
  readonly payments: Payments
  readonly openingTimes: ocpi230.Hours | undefined
  readonly chargePoints: readonly ChargePoint[]
  /** Cells as written, for reports that need other rows. */
  readonly written: { readonly coordinates: string; readonly openingTimes: string }
}

const operations: ReadonlyMap<string, OperationState> = new Map([
  ['in betrieb', 'in_operation'],
  ['in wartung', 'in_maintenance'],
  ['außer betrieb', 'out_of_operation'],
  ['in planung', 'planned'],
  ['geplant', 'planned'],
])

function readOperation(cell: string, note: Note): OperationState {
  const operation = operations.get(oneLine(cell).toLowerCase())
  if (operation === undefined) note('status_unknown', columns.status, cell, 'status UNKNOWN')
  return operation ?? 'unknown'
}

function readCustomersOnly(cell: string, note: Note): boolean {
  const text = oneLine(cell).toLowerCase()
  if (text === 'nur für kunden/besucher') return true
  if (text !== '' && text !== 'keine beschränkung')
    note('parking_note_unknown', columns.parkingNote, cell, 'left out: unknown wording')
  return false
}

function readChargePoint(row: RegisterRow, slot: number, note: Note): ChargePoint | undefined {
  const names = slotColumns(slot)
  const cells = { plugs: row.cell(names.plugs), power: row.cell(names.power), evseId: row.cell(names.evseId) }
  if (oneLine(cells.plugs) === '') {
    const rest = oneLine(`${cells.power} ${cells.evseId}`)
    if (rest !== '') note('charge_point_without_plug', names.plugs, rest, 'charge point left out')
    return undefined
  }
  const columnsOf = { plugsColumn: names.plugs, powerColumn: names.power }
  const plugs = readPlugs({ plugs: cells.plugs, power: cells.power, ...columnsOf }, note)
  return { slot, evseId: readEvseId(names.evseId, cells.evseId, note), plugs }
}

function readChargePoints(row: RegisterRow, note: Note): ChargePoint[] {
  const listed = Array.from({ length: row.slots }, (_, index) =>
    readChargePoint(row, index + 1, note),
  ).filter((point) => point !== undefined)
  const count = row.cell(columns.chargePointCount)
  if (oneLine(count) !== String(listed.length))
    note(
      'charge_point_count_differs',
      columns.chargePointCount,
      count,
      `${listed.length} charge points are listed`,
    )
  return listed.filter((point) => point.plugs.length > 0)
}

function checkFacilityPower(row: RegisterRow, note: Note): void {
  const cell = row.cell(columns.facilityPower)
  const total = wattsOf(cell)
  if (total === undefined) return
  for (let slot = 1; slot <= row.slots; slot += 1) {
    const column = slotColumns(slot).power
    const over = row
      .cell(column)
      .split(';')
      .some((power) => (wattsOf(power) ?? 0) > total)
    if (over)
      note('power_exceeds_facility', column, row.cell(column), `kept, though the facility has ${cell} kW`)
  }
}

const readSiteName = (cell: string, note: Note): string | undefined => {
  const name = oneLine(cell)
  return name === '' ? undefined : fit(name, 255, columns.siteName, note)
}

function readOperator(row: RegisterRow, note: Note): { operator: string; displayName: string } {
  const operator = oneLine(row.cell(columns.operator))
  if (operator === '') note('operator_missing', columns.operator, '', 'no operator name')
  const shown = oneLine(row.cell(columns.displayName))
  return { operator, displayName: fit(shown === '' ? operator : shown, 100, columns.displayName, note) }
}

/** The id of a row, or undefined when it is none: ids become part of `Location.id` and `EVSE.uid`. */
export function readFacilityId(row: RegisterRow): string | undefined {
  const id = oneLine(row.cell(columns.id))
  return /^[0-9]{1,15}$/.test(id) ? id : undefined
}

/** Reads a row; undefined when nothing of it can become a Location, after reporting why. */
export function readFacility(row: RegisterRow, id: string, note: Note): Facility | undefined {
  const place = readPlace(
    { column: columns.latitude, text: row.cell(columns.latitude) },
    { column: columns.longitude, text: row.cell(columns.longitude) },
    note,
  )
  const address = readAddress(row, note)
  const chargePoints = readChargePoints(row, note)
  if (chargePoints.length === 0)
    note('no_usable_charge_point', slotColumns(1).plugs, row.cell(slotColumns(1).plugs), 'skipped')
  if (place === undefined || address === undefined || chargePoints.length === 0) return undefined
  checkFacilityPower(row, note)
  const opening = {
    kind: row.cell(columns.opening),
    days: row.cell(columns.openingDays),
    times: row.cell(columns.openingTimes),
  }
  return {
    line: row.line,
    id,
    ...readOperator(row, note),
    operation: readOperation(row.cell(columns.status), note),
    address,
    place,
    siteName: readSiteName(row.cell(columns.siteName), note),
    customersOnly: readCustomersOnly(row.cell(columns.parkingNote), note),
    payments: readPayments(row.cell(columns.payment), note),
    openingTimes: readOpeningTimes(opening, note),
    chargePoints,
    written: {
      coordinates: `${row.cell(columns.latitude)} ${row.cell(columns.longitude)}`,
      openingTimes: `${opening.kind} | ${opening.days} | ${opening.times}`,
    },
  }
}
