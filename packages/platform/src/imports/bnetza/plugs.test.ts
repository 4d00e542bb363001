import { describe, expect, it } from 'vitest'
import { readPlugs } from './plugs.js'
import type { ReportCode } from './row-report.js'

const read = (plugs: string, power: string) => {
  const codes: ReportCode[] = []
  const cells = { plugs, power, plugsColumn: 'Steckertypen1', powerColumn: 'Nennleistung Stecker1' }
  return { plugs: readPlugs(cells, (code) => codes.push(code)), codes }
}

describe('AC plugs', () => {
  it.each([
    ['3,7', 'AC_1_PHASE', 16],
    ['4,6', 'AC_1_PHASE', 20],
    ['7,4', 'AC_1_PHASE', 32],
    ['11', 'AC_3_PHASE', 16],
    ['22', 'AC_3_PHASE', 32],
    ['43', 'AC_3_PHASE', 63],
  ])('%s kW names its supply class: %s, %i A at 230 V', (power, powerType, maxAmperage) => {
    const { plugs, codes } = read('AC Typ 2 Steckdose', power)
    expect(plugs).toEqual([
      {
        position: 1,
        standard: 'IEC_62196_T2',
        format: 'SOCKET',
        powerType,
        maxVoltage: 230,
        maxAmperage,
        maxElectricPower: undefined,
      },
    ])
    expect(codes).toEqual([])
  })

  it('states the power and reports the assumption when it names no class (LOC-134)', () => {
    const { plugs, codes } = read('AC Typ 2 Steckdose', '16')
    expect(plugs[0]).toMatchObject({ powerType: 'AC_3_PHASE', maxAmperage: 24, maxElectricPower: 16_000 })
    expect(codes).toEqual(['assumed_phases'])
  })

  it('leaves out a plug with a power its standard cannot carry', () => {
    const { plugs, codes } = read('AC Typ 2 Fahrzeugkupplung; DC CHAdeMO', '50; 50')
    expect(plugs.map(({ standard, position }) => [standard, position])).toEqual([['CHADEMO', 2]])
    expect(codes).toEqual(['power_implausible', 'assumed_nominal_voltage'])
  })

  it.each([
    ['AC Typ 2 Fahrzeugkupplung', '11', 'IEC_62196_T2', 'CABLE'],
    ['AC Schuko', '3,7', 'DOMESTIC_F', 'SOCKET'],
    ['AC CEE 5 polig', '11', 'IEC_60309_2_three_16', 'SOCKET'],
    ['AC CEE 5-polig', '22', 'IEC_60309_2_three_32', 'SOCKET'],
    ['AC CEE 5 polig', '43', 'IEC_60309_2_three_64', 'SOCKET'],
    ['AC CEE 3 polig', '3,7', 'IEC_60309_2_single_16', 'SOCKET'],
    ['DC Tesla Fahrzeugkupplung (Typ 2)', '150', 'TESLA_S', 'CABLE'],
  ])('%s with %s kW is %s as %s', (name, power, standard, format) => {
    expect(read(name, power).plugs[0]).toMatchObject({ standard, format })
  })
})

describe('DC plugs', () => {
  it.each([
    ['50', 500, 100, 50_000],
    ['100', 500, 200, 100_000],
    ['150', 1_000, 150, 150_000],
    ['400', 1_000, 400, 400_000],
  ])('%s kW keeps its exact power and reports the assumed %i V', (power, maxVoltage, maxAmperage, watts) => {
    const { plugs, codes } = read('DC Fahrzeugkupplung Typ Combo 2 (CCS)', power)
    expect(plugs[0]).toMatchObject({
      standard: 'IEC_62196_T2_COMBO',
      format: 'CABLE',
      powerType: 'DC',
      maxVoltage,
      maxAmperage,
      maxElectricPower: watts,
    })
    expect(codes).toEqual(['assumed_nominal_voltage'])
  })
})

describe('cells with several plugs', () => {
  it('pairs plugs and powers by position', () => {
    const { plugs } = read('DC Fahrzeugkupplung Typ Combo 2 (CCS); DC CHAdeMO', '150; 100')
    expect(plugs.map(({ maxElectricPower }) => maxElectricPower)).toEqual([150_000, 100_000])
  })

  it('uses one power for every plug and says so', () => {
    const { plugs, codes } = read('AC Typ 2 Steckdose; AC Typ 2 Fahrzeugkupplung', '11')
    expect(plugs.map(({ format, maxAmperage }) => [format, maxAmperage])).toEqual([
      ['SOCKET', 16],
      ['CABLE', 16],
    ])
    expect(codes).toEqual(['power_shared'])
  })

  it.each([
    ['AC Typ 2 Steckdose; AC Schuko; DC CHAdeMO', '11; 3,7', 'power_garbled'],
    ['AC Typ 2 Steckdose', '', 'power_garbled'],
    ['AC Typ 2 Steckdose', 'elf', 'power_garbled'],
    ['AC Typ 2 Steckdose', '-11', 'power_garbled'],
    ['AC Typ 2 Steckdose', '0', 'power_garbled'],
    ['Induktion', '11', 'connector_unknown'],
  ])('leaves out what it cannot read: %s with "%s"', (names, power, code) => {
    const { plugs, codes } = read(names, power)
    expect(plugs).toEqual([])
    expect(codes).toContain(code)
  })
})
