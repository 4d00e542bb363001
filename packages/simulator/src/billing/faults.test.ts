import { describe, expect, it } from 'vitest'
import { cdrDocument } from '../back-ends/documents.js'
import type { Tariff } from '../tariffs.js'
import { testLocations } from '../testing/locations.js'
import { book, openLedger } from '../world/ledger.js'
import { isReconciled, objectionsOf, recompute } from './cdr-check.js'
import { faultTariffs } from './fault-tariffs.js'
import { BILLING_FAULTS, billFor, createFaultyBilling, type FaultName } from './faults.js'
import { nameFault } from './name-fault.js'

type CDR = NonNullable<ReturnType<typeof cdrDocument>>

const ZONE = 'Europe/Berlin'
const NOW = '2026-06-01T00:00:00Z'
const START_S = Date.parse('2026-06-03T10:00:00Z') / 1000

const tempting = (): Tariff => {
  const [draft] = faultTariffs('DE', 'SIM')
  if (draft === undefined) throw new Error('no tariff')
  return { ...draft, last_updated: NOW }
}

/** So many watt-hours in an hour, then so many minutes of parking. */
const cdrWith = (wh: number, parkingMinutes: number): CDR => {
  const [location] = testLocations()
  const evse = location?.evses?.[0]
  const connector = evse?.connectors[0]
  if (location === undefined || evse === undefined || connector === undefined) throw new Error('no connector')
  const open = openLedger({ tariff: tempting(), timeZone: ZONE, startS: START_S })
  const flow = { powerW: wh, currentMa: 0, startWs: 0, endWs: wh * 3600 }
  const charged = book(open, { startS: START_S, endS: START_S + 3600, charging: true, ...flow })
  const endS = START_S + 3600 + parkingMinutes * 60
  const parked = { startS: START_S + 3600, endS, charging: false, powerW: 0, currentMa: 0 }
  const ledger =
    parkingMinutes === 0 ? charged : book(charged, { ...parked, startWs: wh * 3600, endWs: wh * 3600 })
  const facts = {
    ...{ location, evse, connector, id: 'ses-1', party: { countryCode: 'DE', partyId: 'SIM' } },
    token: { country_code: 'DE', party_id: 'DRV', uid: 'U', type: 'RFID', contract_id: 'DE-DRV-C1-1' },
    authMethod: 'WHITELIST',
    authorizationReference: undefined,
  } as const
  const state = { status: 'COMPLETED', startS: START_S, endS, ledger, lastUpdated: NOW } as const
  const cdr = cdrDocument(facts, 'cdr-1', state)
  if (cdr === undefined) throw new Error('no CDR')
  return cdr
}

const knowledge = { timeZone: ZONE, published: [tempting()], sessionCdrs: [] }

/** 0.84 fee, 5 kWh at 0.39, 7.3 kWh at 0.44 billed as 7.5 for the step of 500 Wh, half an hour at 1.20. */
const usual = cdrWith(12_300, 30)
/** 25 kWh: 0.84 + 1.95 + 8.80 and nothing parked, below the maximum; 40 kWh: above it. */
const large = cdrWith(40_000, 0)

const made = (name: FaultName, cdr = usual): CDR => {
  const fault = BILLING_FAULTS.find((one) => one.name === name)
  const faulty = fault?.apply(cdr, ZONE)?.at(-1)
  if (faulty === undefined) throw new Error(`${name} changes nothing`)
  return faulty
}

describe('a CDR without fault', () => {
  it('is reconciled', () => {
    expect(usual.total_cost.before_taxes).toBe(6.69)
    expect(large.total_cost.before_taxes).toBe(12)
    for (const cdr of [usual, large]) expect(isReconciled(recompute(cdr, knowledge))).toBe(true)
  })
})

describe('a billing fault', () => {
  it('limit-ignored: bills more than the maximum', () => {
    expect(made('limit-ignored', large).total_cost.before_taxes).toBe(18.19)
  })

  it('step-size-per-period: rounds each of two periods up to 500 Wh', () => {
    const cdr = cdrWith(9_900, 0)
    expect(cdr.total_energy_cost?.before_taxes).toBe(4.15)
    expect(
      BILLING_FAULTS.find(({ name }) => name === 'step-size-per-period')?.apply(cdr, ZONE),
    ).toBeUndefined()
    const uneven = { ...cdr, charging_periods: splitLast(cdr) }
    expect(made('step-size-per-period', uneven).total_energy_cost?.before_taxes).toBe(4.37)
  })

  it('parking-while-charging: bills the hour of charging as parking too', () => {
    expect(usual.total_parking_cost?.before_taxes).toBe(0.6)
    const faulty = made('parking-while-charging')
    expect(faulty.total_parking_cost?.before_taxes).toBe(1.8)
    expect(faulty.charging_periods).toEqual(usual.charging_periods)
    expect(faulty.total_parking_time).toBe(0.5)
  })

  it('flat-fee-twice: doubles the fee', () => {
    expect(usual.total_fixed_cost?.before_taxes).toBe(0.84)
    expect(made('flat-fee-twice')).toMatchObject({
      total_fixed_cost: { before_taxes: 1.68 },
      total_cost: { before_taxes: 7.53 },
    })
  })

  it('stale-tariff: holds and bills the prices of a year ago', () => {
    const faulty = made('stale-tariff')
    expect(faulty.tariffs?.[0]).toMatchObject({
      id: 'SIM-TEMPTING',
      last_updated: '2025-06-01T00:00:00.000Z',
    })
    expect(faulty.tariffs?.[0]?.elements[0]?.price_components[0]?.price).toBe(0.966)
    expect(faulty.total_cost.before_taxes).toBe(7.69)
  })

  it('vat-twice: states before taxes what it costs after them, and taxes on that', () => {
    expect(made('vat-twice').total_cost).toMatchObject({
      before_taxes: 7.96,
      taxes: [{ percentage: 19, amount: 1.51 }],
    })
  })

  it('energy-rounded-up: bills 13 kWh for 12.3', () => {
    const faulty = made('energy-rounded-up')
    expect(faulty.total_energy).toBe(13)
    expect(faulty.total_energy_cost?.before_taxes).toBe(5.47)
    expect(faulty.charging_periods).toEqual(usual.charging_periods)
  })

  it('wrong-unit-price: bills energy a fifth above the tariff it holds', () => {
    const faulty = made('wrong-unit-price')
    expect(usual.total_energy_cost?.before_taxes).toBe(5.25)
    expect(faulty.total_energy_cost?.before_taxes).toBe(6.3)
    expect(faulty.tariffs).toEqual(usual.tariffs)
  })

  it('double-cdr: bills the session again under another id', () => {
    expect(made('double-cdr')).toEqual({ ...usual, id: 'cdr-1x' })
  })

  it.each(BILLING_FAULTS.map(({ name }) => name))('%s is found and named by the one who pays', (name) => {
    const cdr =
      name === 'limit-ignored'
        ? large
        : name === 'step-size-per-period'
          ? { ...usual, charging_periods: splitLast(usual) }
          : usual
    const faulty = made(name, cdr)
    const sessionCdrs = name === 'double-cdr' ? [cdr] : []
    const check = recompute(faulty, { ...knowledge, sessionCdrs })
    expect(isReconciled(check)).toBe(false)
    expect(objectionsOf(check)).not.toEqual([])
    expect(nameFault(faulty, check, ZONE)?.name).toBe(name)
  })

  it('is not made where it changes nothing', () => {
    const names = BILLING_FAULTS.flatMap(({ name, apply }) =>
      apply(cdrWith(0, 0), ZONE) === undefined ? [] : [name],
    )
    expect(names).toEqual([
      'parking-while-charging',
      'flat-fee-twice',
      'stale-tariff',
      'vat-twice',
      'double-cdr',
    ])
  })
})

/** The periods with the energy of the last charging one cut in two uneven parts, as any CPO may do (CDR-035). */
const splitLast = ({ charging_periods }: CDR): CDR['charging_periods'] => {
  const index = charging_periods.findLastIndex(({ dimensions }) =>
    dimensions.some(({ type }) => type === 'ENERGY'),
  )
  return charging_periods.flatMap((period, at) => {
    const [time, energy] = period.dimensions
    if (at !== index || time === undefined || energy === undefined) return [period]
    const half = Math.round(time.volume * 5_000) / 10_000
    const dimensions = (hours: number, kwh: number) => [
      { ...time, volume: Math.round(hours * 10_000) / 10_000 },
      { ...energy, volume: Math.round(kwh * 10_000) / 10_000 },
    ]
    const middle = new Date(Date.parse(period.start_date_time) + half * 3_600_000).toISOString()
    return [
      { ...period, dimensions: dimensions(half, 1.1) },
      { ...period, start_date_time: middle, dimensions: dimensions(time.volume - half, energy.volume - 1.1) },
    ]
  })
}

describe('an operator that overcharges', () => {
  it('uses every fault it can before it repeats one', () => {
    const bill = createFaultyBilling()
    const uneven = { ...usual, charging_periods: splitLast(usual) }
    const used = BILLING_FAULTS.slice(1).map(() => bill(uneven, ZONE).at(-1)?.fault?.name)
    expect(used).toEqual(BILLING_FAULTS.slice(1).map(({ name }) => name))
    expect(bill(large, ZONE).at(-1)?.fault?.name).toBe('limit-ignored')
  })

  it('calls the first of two CDRs of one session right', () => {
    const bill = createFaultyBilling()
    const twice = Array.from({ length: 9 }, () => bill(large, ZONE)).find((billed) => billed.length > 1)
    expect(twice?.map(({ fault }) => fault?.name)).toEqual([undefined, 'double-cdr'])
  })
})

describe('an operator that is told to overcharge once', () => {
  it('bills this CDR far above the tariff, and every other one rightly, whatever else goes wrong', () => {
    const small = cdrWith(1_200, 0)
    for (const faults of [undefined, 'all'] as const) {
      const bill = billFor(faults)
      expect(bill(small, ZONE)).toEqual([{ cdr: small, fault: undefined }])
      const [dear] = bill(small, ZONE, true)
      expect(dear?.fault?.name).toBe('wrong-unit-price')
      if (dear === undefined) throw new Error('no CDR')
      expect(nameFault(dear.cdr, recompute(dear.cdr, knowledge), ZONE)?.name).toBe('wrong-unit-price')
    }
  })
})
