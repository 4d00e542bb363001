import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cdrDocument, type SessionFacts } from '../back-ends/documents.js'
import { cars } from '../cars.js'
import { berlinTariffs, type Tariff } from '../tariffs.js'
import { testLocations } from '../testing/locations.js'
import { isoOfS } from './clock.js'
import { book, bookedWh, expiredAt, type Ledger, openLedger, periodsOf, withReservation } from './ledger.js'
import { afterSlice, nextSlice, startMetering } from './meter.js'

const NOW = '2024-06-01T00:00:00Z'
type Restrictions = NonNullable<Tariff['elements'][number]['restrictions']>

const tariffOf = (...restrictions: readonly (Restrictions | undefined)[]): Tariff => ({
  country_code: 'DE',
  party_id: 'SIM',
  id: 'T',
  currency: 'EUR',
  tax_included: 'NO',
  last_updated: NOW,
  elements: restrictions.map((r, i) => ({
    price_components: [{ type: 'ENERGY', price: (i + 1) / 10, vat: 19, step_size: 1 }],
    ...(r === undefined ? {} : { restrictions: r }),
  })),
})

const [acLocation, dcLocation] = testLocations()
const connectorAt = (kind: 'AC' | 'DC') => {
  const location = kind === 'AC' ? acLocation : dcLocation
  const evse = location?.evses?.[0]
  const connector = evse?.connectors[0]
  if (location === undefined || evse === undefined || connector === undefined) throw new Error('no connector')
  return { location, evse, connector }
}

interface Stay {
  readonly kind?: 'AC' | 'DC'
  readonly start: string
  readonly minutes: number
  readonly socPercent?: number
  readonly targetPercent?: number
  readonly car?: (typeof cars)[number]
}

const charge = (tariff: Tariff, stay: Stay): Ledger => {
  const startS = Date.parse(stay.start) / 1000
  const car = stay.car ?? cars[3]
  if (car === undefined) throw new Error('no car')
  const { connector } = connectorAt(stay.kind ?? 'AC')
  const { socPercent = 10, targetPercent = 100 } = stay
  let state = startMetering({ car, connector, atS: startS, socPercent, targetPercent })
  let ledger = openLedger({ tariff, timeZone: 'Europe/Berlin', startS })
  const untilS = startS + stay.minutes * 60
  while (state.atS < untilS) {
    const slice = nextSlice(state, untilS, [])
    ledger = book(ledger, slice)
    state = afterSlice(state, slice)
  }
  return ledger
}

const starts = (ledger: Ledger) => periodsOf(ledger).map(({ start_date_time }) => start_date_time)
const volumesOf = (ledger: Ledger, type: string) =>
  periodsOf(ledger).map(({ dimensions }) => dimensions.find((dimension) => dimension.type === type)?.volume)

describe('a period begins where the price may change (TAR-055, CDR-034)', () => {
  it('at 17:00 local time', () => {
    const tariff = tariffOf({ start_time: '17:00', end_time: '20:00' }, undefined)
    expect(starts(charge(tariff, { start: '2024-06-03T14:40:20Z', minutes: 60 }))).toEqual([
      '2024-06-03T14:40:20Z',
      '2024-06-03T15:00:00Z',
    ])
  })

  it('at local midnight where a weekday ends', () => {
    const tariff = tariffOf({ day_of_week: ['SUNDAY'] }, undefined)
    expect(starts(charge(tariff, { start: '2024-06-02T21:30:00Z', minutes: 60 }))).toEqual([
      '2024-06-02T21:30:00Z',
      '2024-06-02T22:00:00Z',
    ])
  })

  it('at a duration, to the second', () => {
    const tariff = tariffOf({ max_duration: 1801 }, undefined)
    expect(starts(charge(tariff, { start: '2024-06-03T10:00:07Z', minutes: 45 }))).toEqual([
      '2024-06-03T10:00:07Z',
      '2024-06-03T10:30:08Z',
    ])
  })

  it('at an energy, with the reading interpolated to it (TAR-056)', () => {
    const tariff = tariffOf({ max_kwh: 5 }, undefined)
    const ledger = charge(tariff, { start: '2024-06-03T10:00:00Z', minutes: 60 })
    expect(volumesOf(ledger, 'ENERGY')).toEqual([5, 6])
    expect(bookedWh(ledger)).toBe(11_000)
  })

  it('where the power of the car falls below a bound', () => {
    const tariff = tariffOf({ min_power: 60 }, undefined)
    const ledger = charge(tariff, { kind: 'DC', start: '2024-06-03T10:00:00Z', minutes: 50 })
    expect(periodsOf(ledger).length).toBe(2)
    expect(volumesOf(ledger, 'MIN_POWER')[0]).toBeGreaterThanOrEqual(60)
    expect(volumesOf(ledger, 'MAX_POWER')[1]).toBeLessThan(60)
    const types = periodsOf(ledger)[0]?.dimensions.map(({ type }) => type)
    expect(types).toEqual(['TIME', 'ENERGY', 'MIN_POWER', 'MAX_POWER'])
  })

  it('where charging becomes parking, which is told as PARKING_TIME', () => {
    const ledger = charge(tariffOf(undefined), {
      kind: 'DC',
      start: '2024-06-03T10:00:00Z',
      minutes: 60,
      socPercent: 70,
      targetPercent: 80,
    })
    expect(periodsOf(ledger).length).toBe(2)
    expect(periodsOf(ledger)[1]?.dimensions.map(({ type }) => type)).toEqual(['PARKING_TIME'])
  })

  it('nowhere else', () => {
    expect(starts(charge(tariffOf(undefined), { start: '2024-06-03T10:00:00Z', minutes: 90 })).length).toBe(1)
  })
})

const factsOf = (kind: 'AC' | 'DC'): SessionFacts => ({
  ...connectorAt(kind),
  party: { countryCode: 'DE', partyId: 'SIM' },
  id: 'ses-1',
  token: { country_code: 'DE', party_id: 'DRV', uid: 'U', type: 'RFID', contract_id: 'DE-DRV-C1-1' },
  authMethod: 'WHITELIST',
  authorizationReference: undefined,
})

describe('a CDR', () => {
  it('of a reservation nobody used says no session and no EVSE, and what it costs', () => {
    const dc = berlinTariffs('DE', 'SIM').find(({ id }) => id === 'SIM-DC')
    if (dc === undefined) throw new Error('no tariff')
    const startS = Date.parse('2024-06-03T10:00:00Z') / 1000
    const open = openLedger({ tariff: { ...dc, last_updated: NOW }, timeZone: 'Europe/Berlin', startS })
    const ledger = expiredAt(withReservation(open, startS), startS + 900)
    const state = { status: 'COMPLETED', startS, endS: startS + 900, ledger, lastUpdated: NOW } as const
    const cdr = cdrDocument(factsOf('DC'), 'cdr-1', state)
    expect(cdr).not.toHaveProperty('session_id')
    expect(cdr?.cdr_location.evse_uid).toBe('#NA')
    expect(cdr).toMatchObject({
      total_cost: { before_taxes: 3.1 },
      total_reservation_cost: { before_taxes: 3.1 },
    })
  })

  it('has totals that are the sums of its periods, for every tariff, car and time (CDR-042, CDR-045)', () => {
    const tariffs = berlinTariffs('DE', 'SIM').map((draft) => ({ ...draft, last_updated: NOW }))
    const stays = fc.record({
      kind: fc.constantFrom('AC' as const, 'DC' as const),
      start: fc.integer({ min: 1_704_067_200, max: 1_735_689_600 }).map(isoOfS),
      minutes: fc.integer({ min: 1, max: 500 }),
      socPercent: fc.integer({ min: 5, max: 90 }),
      car: fc.constantFrom(...cars),
    })
    fc.assert(
      fc.property(
        fc.constantFrom(...tariffs),
        stays,
        fc.integer({ min: 0, max: 40 }),
        (tariff, stay, reserved) => {
          const bare = charge(tariff, stay)
          const ledger = reserved === 0 ? bare : withReservation(bare, bare.startS - reserved * 60)
          const cdr = cdrDocument(factsOf(stay.kind), 'cdr-1', {
            status: 'COMPLETED',
            startS: ledger.startS,
            endS: undefined,
            ledger,
            lastUpdated: NOW,
          })
          if (cdr === undefined) throw new Error('no CDR')
          const sum = (type: string) =>
            Math.round(
              cdr.charging_periods
                .flatMap((period) => period.dimensions)
                .reduce((total, d) => (d.type === type ? total + Math.round(d.volume * 10_000) : total), 0),
            ) / 10_000
          expect(sum('ENERGY')).toBe(cdr.total_energy)
          expect(sum('PARKING_TIME')).toBe(cdr.total_parking_time)
          const hours = (end: string, start: string) => (Date.parse(end) - Date.parse(start)) / 3_600_000
          expect(sum('TIME') + sum('PARKING_TIME')).toBeCloseTo(cdr.total_time, 9)
          const lasted = hours(cdr.end_date_time, isoOfS(ledger.startS))
          expect(Math.abs(cdr.total_time - lasted)).toBeLessThan(0.0002)
          const parts = [
            cdr.total_fixed_cost,
            cdr.total_energy_cost,
            cdr.total_time_cost,
            cdr.total_parking_cost,
            cdr.total_reservation_cost,
          ].reduce((total, price) => total + (price?.before_taxes ?? 0), 0)
          if (tariff.max_price === undefined)
            expect(Math.abs(parts - cdr.total_cost.before_taxes)).toBeLessThan(0.031)
          expect(cdr.tariffs).toEqual([tariff])
        },
      ),
      { numRuns: 60 },
    )
  })
})
