import { wattsOf } from './kilowatts.js'
import { type Rating, rateAc, rateDc } from './rating.js'
import type { Note } from './row-report.js'

/** One plug of a charge point. */
export interface Plug extends Rating {
  /** Place in the cell, from 1. */
  readonly position: number
  readonly standard: string
  readonly format: 'SOCKET' | 'CABLE'
}

interface PlugKind {
  readonly standard: string | ((watts: number) => string)
  readonly format: 'SOCKET' | 'CABLE'
  readonly current: 'AC' | 'DC'
  /** Single-phase plugs never carry three phases, whatever the power. */
  readonly singlePhase?: true
  /** Most a plug of this standard can carry, W. */
  readonly limitWatts: number
}

const TYPE_2_WATTS = 43_500
const DOMESTIC_WATTS = 3_700

const type2 = (format: 'SOCKET' | 'CABLE'): PlugKind => ({
  standard: 'IEC_62196_T2',
  format,
  current: 'AC',
  limitWatts: TYPE_2_WATTS,
})
const type1 = (format: 'SOCKET' | 'CABLE'): PlugKind => ({
  standard: 'IEC_62196_T1',
  format,
  current: 'AC',
  singlePhase: true,
  limitWatts: 7_400,
})
const combo2: PlugKind = {
  standard: 'IEC_62196_T2_COMBO',
  format: 'CABLE',
  current: 'DC',
  limitWatts: 1_000_000,
}
const chademo: PlugKind = { standard: 'CHADEMO', format: 'CABLE', current: 'DC', limitWatts: 400_000 }
const schuko: PlugKind = {
  standard: 'DOMESTIC_F',
  format: 'SOCKET',
  current: 'AC',
  singlePhase: true,
  limitWatts: DOMESTIC_WATTS,
}
const cee3: PlugKind = { ...schuko, standard: 'IEC_60309_2_single_16' }
const cee5: PlugKind = {
  standard: (watts) =>
    watts <= 11_040
      ? 'IEC_60309_2_three_16'
      : watts <= 22_080
        ? 'IEC_60309_2_three_32'
        : 'IEC_60309_2_three_64',
  format: 'SOCKET',
  current: 'AC',
  limitWatts: TYPE_2_WATTS,
}
const tesla: PlugKind = { standard: 'TESLA_S', format: 'CABLE', current: 'DC', limitWatts: 250_000 }

/** Spellings of the register, folded: lower case, letters and digits only. */
const kinds: ReadonlyMap<string, PlugKind> = new Map([
  ['actyp2steckdose', type2('SOCKET')],
  ['acsteckdosetyp2', type2('SOCKET')],
  ['actyp2fahrzeugkupplung', type2('CABLE')],
  ['ackupplungtyp2', type2('CABLE')],
  ['actyp1steckdose', type1('SOCKET')],
  ['actyp1fahrzeugkupplung', type1('CABLE')],
  ['dcfahrzeugkupplungtypcombo2ccs', combo2],
  ['dckupplungcombo', combo2],
  ['dcchademo', chademo],
  ['acschuko', schuko],
  ['accee3polig', cee3],
  ['accee5polig', cee5],
  ['dcteslafahrzeugkupplungtyp2', tesla],
])

const fold = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** The cell pair of one charge point. */
export interface PlugCells {
  readonly plugs: string
  readonly power: string
  readonly plugsColumn: string
  readonly powerColumn: string
}

const listOf = (cell: string): string[] => cell.split(/[;\n]/).flatMap((part) => part.trim() || [])

function readPlug(
  name: string,
  power: string,
  cells: PlugCells,
  note: Note,
): Omit<Plug, 'position'> | undefined {
  const kind = kinds.get(fold(name))
  if (kind === undefined) {
    note('connector_unknown', cells.plugsColumn, name, 'plug left out: no known connector standard')
    return undefined
  }
  const watts = wattsOf(power)
  if (watts === undefined) {
    note('power_garbled', cells.powerColumn, power, `plug left out: no power for ${name}`)
    return undefined
  }
  if (watts > kind.limitWatts) {
    note('power_implausible', cells.powerColumn, power, `plug left out: ${name} cannot carry ${power} kW`)
    return undefined
  }
  const standard = typeof kind.standard === 'string' ? kind.standard : kind.standard(watts)
  return { standard, format: kind.format, ...rate(watts, power, kind, cells, note) }
}

function rate(watts: number, power: string, kind: PlugKind, cells: PlugCells, note: Note): Rating {
  if (kind.current === 'DC') {
    const rating = rateDc(watts)
    const done = `max_voltage ${rating.maxVoltage} V assumed, max_amperage ${rating.maxAmperage} A from it`
    note('assumed_nominal_voltage', cells.powerColumn, power, done)
    return rating
  }
  const { rating, assumedPhases } = rateAc(watts, kind.singlePhase === true)
  if (assumedPhases) {
    const done = `${rating.powerType} with ${rating.maxAmperage} A assumed: no usual supply class`
    note('assumed_phases', cells.powerColumn, power, done)
  }
  return rating
}

/** Plugs of one charge point, in the order of the cell. Unreadable ones are reported and left out. */
export function readPlugs(cells: PlugCells, note: Note): Plug[] {
  const names = listOf(cells.plugs)
  const powers = listOf(cells.power)
  if (names.length > 1 && powers.length === 1)
    note('power_shared', cells.powerColumn, cells.power, `used for each of ${names.length} plugs`)
  else if (names.length !== powers.length && powers.length > 0) {
    const done = `all plugs left out: ${powers.length} powers for ${names.length} plugs`
    note('power_garbled', cells.powerColumn, cells.power, done)
    return []
  }
  return names.flatMap((name, index) => {
    const power = powers.length === 1 ? powers[0] : powers[index]
    const plug = readPlug(name, power ?? '', cells, note)
    return plug === undefined ? [] : { position: index + 1, ...plug }
  })
}
