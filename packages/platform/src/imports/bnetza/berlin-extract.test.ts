import { createReadStream, statSync } from 'node:fs'
import { checkDocument, lower, ocpi221, ocpi230 } from '@interwatt/protocol'
import { beforeAll, describe, expect, it } from 'vitest'
import { berlinExtract } from './berlin-extract.js'
import { type BnetzaImport, importBnetza } from './import-bnetza.js'
import { importOptions } from './testing/register.js'

const importExtract = () => importBnetza(createReadStream(berlinExtract()), importOptions)

let result: BnetzaImport
beforeAll(async () => {
  result = await importExtract()
})

describe('the shipped extract of the register', () => {
  it('is some hundred facilities of many operators, in less than 400 kB', () => {
    expect(statSync(berlinExtract()).size).toBeLessThan(400_000)
    expect(result.summary).toMatchObject({ rows: 400, facilities: 400, skipped: 0 })
    expect(new Set(result.locations.map(({ operator }) => operator?.name)).size).toBeGreaterThan(50)
  })

  it('gives Locations that may be sent as they are', () => {
    const findings = result.locations.flatMap((location) =>
      checkDocument(ocpi230.Location, location, 'whole'),
    )
    expect(findings).toEqual([])
    expect(result.locations.length).toBeGreaterThan(250)
  })

  it('gives Locations that 2.2.1 can say without loss', () => {
    for (const location of result.locations) {
      const lowered = lower('location', '2.2.1', { ...location }, 'whole')
      expect(lowered).toMatchObject({ kind: 'document', losses: [] })
      if (lowered.kind === 'document')
        expect(checkDocument(ocpi221.Location, lowered.document, 'whole')).toEqual([])
    }
  })

  it('LOC-096 imported again gives the same documents and reports', async () => {
    expect(await importExtract()).toEqual(result)
  })

  it('has every id once, within 36 characters (LOC-098)', () => {
    const locationIds = result.locations.map(({ id }) => id)
    const uids = result.locations.flatMap(({ evses }) => evses?.map(({ uid }) => uid) ?? [])
    expect(new Set(locationIds).size).toBe(locationIds.length)
    expect(new Set(uids).size).toBe(result.summary.evses)
    expect([...locationIds, ...uids].every((id) => id.length <= 36)).toBe(true)
  })

  it('keeps the uid of every EVSE when other facilities are not imported', async () => {
    const some = await importBnetza(createReadStream(berlinExtract()), {
      ...importOptions,
      operatorFilter: (operator) => operator.startsWith('Shell'),
    })
    const all = new Set(result.locations.flatMap(({ evses }) => evses?.map(({ uid }) => uid) ?? []))
    expect(some.summary.evses).toBeGreaterThan(5)
    expect(some.locations.flatMap(({ evses }) => evses ?? []).every(({ uid }) => all.has(uid))).toBe(true)
  })

  it('reports every assumed voltage, one report for each DC connector', () => {
    const connectors = result.locations.flatMap(
      ({ evses }) => evses?.flatMap((evse) => evse.connectors) ?? [],
    )
    const dc = connectors.filter(({ power_type }) => power_type === 'DC')
    expect(dc.length).toBeGreaterThan(100)
    expect(result.summary.codes.assumed_nominal_voltage).toBe(dc.length)
    expect(dc.every(({ max_electric_power }) => max_electric_power !== undefined)).toBe(true)
  })

  it('shows what the register is like: AC and DC, opening times, odd ids, impossible powers', () => {
    expect(Object.keys(result.summary.codes)).toEqual(
      expect.arrayContaining([
        'coordinates_imprecise',
        'evse_id_ambiguous',
        'evse_id_duplicate',
        'evse_id_malformed',
        'opening_times_unknown',
        'power_implausible',
      ]),
    )
    const hours = result.locations.flatMap(({ opening_times }) => opening_times ?? [])
    expect(hours.some(({ twentyfourseven }) => twentyfourseven)).toBe(true)
    expect(hours.some(({ regular_hours }) => regular_hours?.length === 6)).toBe(true)
  })
})
