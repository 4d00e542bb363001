import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { authorCdr } from '../authoring/author-cdr.js'
import { element, energy, flat, parking, tariff, time } from '../testing/tariffs.js'
import { compareQuotes } from './compare-quotes.js'
import type { ChargePlan } from './plan.js'
import { type Quote, quote } from './quote.js'
import { simulateCharge } from './simulate-charge.js'

const ZONE = 'Europe/Berlin'
const plain = tariff([element([energy(0.5, 1, 20), parking(6, 60, 20)])])
const AC = { maxPowerKw: 11, powerType: 'AC_3_PHASE' } as const
const DC = { maxPowerKw: 150, powerType: 'DC' } as const

const plan = (others: Partial<ChargePlan> = {}): ChargePlan => ({
  tariffs: [plain],
  start: '2026-11-22T17:00:00Z',
  timeZone: ZONE,
  connector: AC,
  energy: { kwh: 22 },
  ...others,
})

const quoted = (others: Partial<ChargePlan> = {}): Quote => {
  const outcome = quote(plan(others))
  if (outcome.kind === 'refused') throw new Error(`${outcome.code}: ${outcome.message}`)
  return outcome
}

const refusal = (others: Partial<ChargePlan>) => {
  const outcome = quote(plan(others))
  return outcome.kind === 'refused' ? outcome : undefined
}

describe('quote', () => {
  it('prices energy, charging time and parking as planned', () => {
    const { total, currency, energyKwh, startsAt, chargedAt, chargingSeconds, endsAt } = quoted({
      parkingMinutes: 30,
    })
    expect({ total, currency, energyKwh }).toEqual({
      total: { before_taxes: 14, after_taxes: 16.8 },
      currency: 'EUR',
      energyKwh: 22,
    })
    expect([startsAt, chargedAt, endsAt]).toEqual([
      '2026-11-22T17:00:00Z',
      '2026-11-22T19:00:00Z',
      '2026-11-22T19:30:00Z',
    ])
    expect(chargingSeconds).toBe(7200)
  })

  it('takes the least of connector and car', () => {
    const vehicle = { maxAcKw: 7.4, maxDcKw: 50 }
    expect(quoted({ vehicle }).chargingSeconds).toBe(Math.round((22 * 3600) / 7.4))
    expect(quoted({ vehicle, connector: DC }).chargingSeconds).toBe(Math.round((22 * 3600) / 50))
  })

  it('explains every line, with the element that applied at its time', () => {
    const evening = tariff([
      element([energy(0.6)], { start_time: '17:00', end_time: '19:00' }),
      element([energy(0.3)]),
    ])
    const { explanation, total, session } = quoted({ tariffs: [evening] })
    expect(total.before_taxes).toBe(9.9)
    expect(session.charging_periods.map(({ start_date_time }) => start_date_time)).toEqual([
      '2026-11-22T17:00:00Z',
      '2026-11-22T18:00:00Z',
    ])
    expect(explanation.lines).toMatchObject([
      { type: 'ENERGY', pointer: '/elements/0/price_components/0', measured: 11 },
      { type: 'ENERGY', pointer: '/elements/1/price_components/0', measured: 11 },
    ])
  })

  it('follows a charging curve from one state of charge to another', () => {
    const vehicle = {
      batteryKwh: 50,
      curve: [
        { percent: 0, kw: 100 },
        { percent: 50, kw: 100 },
        { percent: 100, kw: 20 },
      ],
    }
    const energyGoal = { fromPercent: 20, toPercent: 80 }
    const { energyKwh, chargingSeconds } = quoted({ connector: DC, vehicle, energy: energyGoal })
    expect(energyKwh).toBe(30)
    // 30 % at 100 kW, then the integral of 50 kWh / (100 - 1.6 p) over 30 percent.
    const seconds = 3600 * (15 / 100 + (0.5 / 1.6) * Math.log(100 / 52))
    expect(Math.abs(chargingSeconds - seconds)).toBeLessThan(2)
    expect(quoted({ connector: DC, vehicle, energy: { kwh: 30, fromPercent: 20 } }).chargingSeconds).toBe(
      chargingSeconds,
    )
  })

  it('meters what is lost on the way to the battery', () => {
    const vehicle = { batteryKwh: 50, efficiencyPercent: 80 }
    expect(quoted({ vehicle, energy: { fromPercent: 20, toPercent: 60 } }).energyKwh).toBe(25)
  })

  it('tells power and current to tariffs that ask for them', () => {
    const fast = tariff([element([energy(0.7)], { min_power: 50 }), element([energy(0.4)])])
    const vehicle = {
      batteryKwh: 50,
      curve: [
        { percent: 0, kw: 100 },
        { percent: 100, kw: 10 },
      ],
    }
    const goal = { fromPercent: 0, toPercent: 100 }
    const both = quoted({ tariffs: [fast], connector: DC, vehicle, energy: goal })
    expect(both.explanation.lines.map((line) => 'measured' in line && line.measured)).toEqual([28, 22])
    const strong = tariff([element([time(9)], { min_current: 40 }), element([time(1)])])
    expect(quoted({ tariffs: [strong], connector: { ...AC, voltage: 230 } }).total.before_taxes).toBe(18)
    expect(
      quoted({ tariffs: [strong], connector: { ...AC, maxPowerKw: 5.5, voltage: 230 } }).total.before_taxes,
    ).toBe(4)
  })

  it('adds what a reservation costs', () => {
    const held = tariff([element([time(6, 60)], { reservation: 'RESERVATION' }), element([energy(0.5)])])
    const { total, explanation } = quoted({ tariffs: [held], reservedMinutes: 10 })
    expect(total.before_taxes).toBe(12)
    expect(explanation.lines[0]).toMatchObject({ type: 'TIME', family: 'reserved', billed: 0.166667 })
  })

  it('chooses the tariff by type and time of start', () => {
    const tariffs = [
      { ...plain, id: 'GREEN', type: 'PROFILE_GREEN' as const },
      { ...plain, id: 'OLD', type: 'REGULAR' as const, end_date_time: '2026-11-22T17:00:00Z' },
      { ...plain, id: 'NEW', type: 'REGULAR' as const, start_date_time: '2026-11-22T17:00:00Z' },
    ]
    expect(quoted({ tariffs }).tariff.id).toBe('NEW')
    expect(quoted({ tariffs, start: '2026-11-22T16:59:59Z' }).tariff.id).toBe('OLD')
    expect(quoted({ tariffs, type: 'PROFILE_GREEN' }).tariff.id).toBe('GREEN')
    expect(refusal({ tariffs, type: 'AD_HOC_PAYMENT' })).toMatchObject({ code: 'no-tariff' })
  })
})

describe('the range of a quote', () => {
  it('is the price itself where nothing is unknown, or nothing depends on it', () => {
    const { range, total } = quoted()
    expect(range).toEqual({ low: total, high: total, dependsOn: [], complete: true })
    const unknown = { powerPercent: { from: 50, to: 100 }, startDelayMinutes: { from: 0, to: 60 } }
    expect(quoted({ unknown }).range).toMatchObject({ low: total, high: total, dependsOn: [] })
  })

  it('names the unknown it comes from, and its values at both ends', () => {
    const slow = tariff([element([energy(0.5), time(3)])])
    const { range, total } = quoted({ tariffs: [slow], unknown: { powerPercent: { from: 50, to: 100 } } })
    expect(total.before_taxes).toBe(17)
    expect(range).toMatchObject({
      low: { before_taxes: 17 },
      high: { before_taxes: 23 },
      dependsOn: [{ unknown: 'power', lowAt: 100, highAt: 50 }],
    })
  })

  it('combines unknowns that matter together', () => {
    const night = tariff([
      element([parking(60)], { start_time: '20:00', end_time: '22:00' }),
      element([energy(0.5), parking(6)]),
    ])
    const unknown = { parkingMinutes: { from: 0, to: 60 }, startDelayMinutes: { from: 0, to: 60 } }
    const { range } = quoted({ tariffs: [night], unknown })
    expect(range.dependsOn.map(({ unknown: name }) => name)).toEqual(['parking'])
    expect(range.low.before_taxes).toBe(11)
    expect(range.high.before_taxes).toBe(71)
  })

  it('says when a case has no price', () => {
    const ending = { ...plain, end_date_time: '2026-11-22T17:30:00Z' }
    const unknown = { startDelayMinutes: { from: 0, to: 60 } }
    expect(quoted({ tariffs: [ending], unknown }).range.complete).toBe(false)
  })

  it('is of the cases that can be carried out, and says that there are others', () => {
    const unknown = { powerPercent: { from: 1, to: 100 } }
    const slow = quoted({ energy: { kwh: 200 }, unknown })
    expect(slow.range.complete).toBe(false)
    expect(slow.range.low.before_taxes).toBe(slow.total.before_taxes)
  })
})

describe('quote refuses', () => {
  const code = (others: Partial<ChargePlan>) => refusal(others)?.code

  it('plans that cannot be carried out', () => {
    expect(code({ energy: { kwh: 0 } })).toBe('plan-impossible')
    expect(code({ energy: { kwh: Number.NaN } })).toBe('plan-impossible')
    expect(code({ connector: { ...AC, maxPowerKw: 0 } })).toBe('plan-impossible')
    expect(code({ energy: { fromPercent: 20, toPercent: 80 } })).toBe('plan-impossible')
    const vehicle = { batteryKwh: 50 }
    expect(code({ vehicle, energy: { fromPercent: 80, toPercent: 20 } })).toBe('plan-impossible')
    expect(code({ vehicle, energy: { fromPercent: 80, toPercent: 80 } })).toBe('plan-impossible')
    expect(code({ vehicle, energy: { fromPercent: 80, toPercent: 101 } })).toBe('plan-impossible')
    expect(code({ parkingMinutes: -1 })).toBe('plan-impossible')
    expect(code({ unknown: { parkingMinutes: { from: 30, to: 10 } } })).toBe('plan-impossible')
    expect(code({ energy: { kwh: 9_000 }, connector: { ...AC, maxPowerKw: 1 } })).toBe('plan-impossible')
    const curve = [
      { percent: 0, kw: 50 },
      { percent: 50, kw: 0 },
    ]
    expect(code({ vehicle: { ...vehicle, curve }, energy: { fromPercent: 20, toPercent: 80 } })).toBe(
      'plan-impossible',
    )
    expect(code({ vehicle: { ...vehicle, curve }, energy: { fromPercent: 20, kwh: 60 } })).toBe(
      'plan-impossible',
    )
  })

  it('times, zones and tariffs it cannot use', () => {
    expect(code({ start: 'tonight' })).toBe('time-unreadable')
    expect(code({ tariffs: [] })).toBe('no-tariff')
    const night = tariff([element([energy(0.5)], { start_time: '22:00' })])
    const { timeZone: _zone, ...homeless } = plan({ tariffs: [night] })
    expect(quote(homeless)).toMatchObject({ kind: 'refused', code: 'time-zone-unknown' })
  })
})

describe('for every plan', () => {
  it('the quote is what the CDR of a charge that went as planned says, and its energy is that of the goal', () => {
    const plans = fc.record({
      kwh: fc.integer({ min: 1, max: 80_000 }).map((wh) => wh / 1000),
      maxPowerKw: fc.constantFrom(3.7, 11, 22, 50, 350),
      parkingMinutes: fc.integer({ min: 0, max: 300 }),
      minute: fc.nat(7 * 1440),
    })
    const complex = tariff([
      element([flat(0.5, 19)]),
      element([energy(0.6, 1, 19)], { start_time: '17:00', end_time: '20:00' }),
      element([time(3, 60, 19)], { min_duration: 7200 }),
      element([energy(0.4, 1, 19), parking(2, 300, 7)]),
    ])
    fc.assert(
      fc.property(plans, ({ kwh, maxPowerKw, parkingMinutes, minute }) => {
        const start = new Date(Date.UTC(2026, 10, 20) + minute * 60_000).toISOString()
        const one = plan({
          tariffs: [complex],
          energy: { kwh },
          connector: { ...DC, maxPowerKw },
          parkingMinutes,
          start,
        })
        const outcome = quote(one)
        if (outcome.kind === 'refused') throw new Error(outcome.message)
        const given = { powerPercent: 100, parkingMinutes, startDelayMinutes: 0 }
        const cdr = authorCdr({ timeZone: ZONE }, simulateCharge(one, given).readings, [complex])
        if (cdr.kind === 'refused') throw new Error(cdr.message)
        expect(cdr.cdr.total_cost.before_taxes).toBe(outcome.total.before_taxes)
        expect(outcome.energyKwh).toBe(kwh)
        const lines = outcome.explanation.lines.reduce(
          (sum, line) => sum + Math.round((line.before_taxes ?? 0) * 1e6),
          0,
        )
        expect(lines).toBe(Math.round((outcome.total.before_taxes ?? 0) * 1e6))
      }),
      { numRuns: 100 },
    )
  })
})

describe('compareQuotes', () => {
  const start = { id: 'start fee', plan: plan({ tariffs: [tariff([element([flat(2), energy(0.3)])])] }) }
  const kwh = { id: 'kWh only', plan: plan({ tariffs: [tariff([element([energy(0.5)])])] }) }

  it('puts the cheapest first and says by how much the others are dearer, and what for', () => {
    const { quotes, refused } = compareQuotes([kwh, start])
    expect(refused).toEqual([])
    expect(quotes.map(({ id }) => id)).toEqual(['start fee', 'kWh only'])
    expect(quotes[0]?.dearerBy).toBeUndefined()
    expect(quotes[1]?.dearerBy).toEqual({
      amount: 2.4,
      because: [
        { reason: 'energy', amount: 4.4 },
        { reason: 'fixed', amount: -2 },
      ],
      text: '2.4 EUR more, above all for energy (+4.4)',
    })
  })

  it('names a limit that makes the difference', () => {
    const capped = tariff([element([energy(0.5)])], { max_price: { before_taxes: 10 } })
    const { quotes } = compareQuotes([kwh, { id: 'capped', plan: plan({ tariffs: [capped] }) }])
    expect(quotes.map(({ id }) => id)).toEqual(['capped', 'kWh only'])
    expect(quotes[1]?.dearerBy?.because).toEqual([{ reason: 'limit', amount: 1 }])
  })

  it('prefers the faster of two that cost the same', () => {
    const fast = { id: 'fast', plan: { ...kwh.plan, connector: DC } }
    const { quotes } = compareQuotes([kwh, fast])
    expect(quotes.map(({ id }) => id)).toEqual(['fast', 'kWh only'])
    expect(quotes[1]?.dearerBy).toEqual({ amount: 0, because: [], text: '0 EUR more' })
  })

  it('never compares currencies, and lists what has no price', () => {
    const francs = tariff([element([energy(0.01)])], { currency: 'CHF' })
    const { quotes, refused } = compareQuotes([
      kwh,
      { id: 'abroad', plan: plan({ tariffs: [francs] }) },
      { id: 'none', plan: plan({ tariffs: [] }) },
    ])
    expect(quotes.map(({ id, dearerBy }) => [id, dearerBy])).toEqual([
      ['kWh only', undefined],
      ['abroad', undefined],
    ])
    expect(refused).toMatchObject([{ id: 'none', refusal: { code: 'no-tariff' } }])
  })
})
