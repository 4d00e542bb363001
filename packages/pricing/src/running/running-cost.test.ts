import { describe, expect, it } from 'vitest'
import { publish } from '../publish/publish.js'
import { compileTariffs } from '../tariff/compile-tariffs.js'
import { element, energy, flat, parking, tariff, time } from '../testing/tariffs.js'
import { type RunningSession, runningCost } from './running-cost.js'

const compiled = (...elements: Parameters<typeof tariff>[0]) => {
  const result = compileTariffs([tariff(elements)], { policy: { borders: 'cut' } })
  if (result.kind === 'refused') throw new Error(result.message)
  return result
}

const session = (others: Partial<RunningSession>): RunningSession => ({
  start_date_time: '2026-06-10T10:00:00Z',
  kwh: 0,
  last_updated: '2026-06-10T11:00:00Z',
  ...others,
})

const total = (running: RunningSession, tariffs: ReturnType<typeof compiled>, zone?: string) => {
  const { price, ...rest } = runningCost(running, tariffs, zone)
  return { ...rest, cost: price.kind === 'priced' ? publish(price).total.before_taxes : price.code }
}

describe('the cost of a running session', () => {
  const perKwhAndHour = compiled(element([flat(1), energy(0.5), time(3)]))

  it('is that of its meter and its length when it has no periods', () => {
    const cost = total(session({ kwh: 12 }), perKwhAndHour)
    expect(cost).toEqual({ basis: 'meter', until: '2026-06-10T11:00:00Z', cost: 10 })
  })

  it('counts what the meter shows beyond its periods, at the price of the last one', () => {
    const running = session({
      kwh: 12,
      charging_periods: [
        {
          start_date_time: '2026-06-10T10:00:00Z',
          dimensions: [
            { type: 'ENERGY', volume: 10 },
            { type: 'TIME', volume: 1 },
          ],
        },
      ],
    })
    expect(total(running, perKwhAndHour)).toMatchObject({ basis: 'periods', cost: 10 })
  })

  it('does not count energy twice when the periods are ahead of the meter', () => {
    const running = session({
      kwh: 9,
      charging_periods: [
        { start_date_time: '2026-06-10T10:00:00Z', dimensions: [{ type: 'ENERGY', volume: 10 }] },
      ],
    })
    expect(total(running, compiled(element([energy(0.5)])))).toMatchObject({ cost: 5 })
  })

  it('follows a price that changes by the clock inside a period', () => {
    const evening = compiled(
      element([energy(1)], { start_time: '08:00', end_time: '12:30' }),
      element([energy(2)], { start_time: '12:30', end_time: '20:00' }),
    )
    expect(total(session({ kwh: 10 }), evening, 'Europe/Berlin')).toMatchObject({ cost: 15 })
  })

  it('ends with the session, whenever it was told', () => {
    const ended = session({ kwh: 12, end_date_time: '2026-06-10T10:30:00Z' })
    expect(total(ended, perKwhAndHour)).toMatchObject({ until: '2026-06-10T10:30:00Z', cost: 8.5 })
  })

  it('never goes down while energy and time go up', () => {
    const tariffs = compiled(element([energy(0.5, 500), parking(6, 900), time(2, 300)]))
    let before = 0
    for (let minute = 1; minute <= 90; minute += 1) {
      const at = new Date(Date.parse('2026-06-10T10:00:00Z') + minute * 60_000).toISOString()
      const { cost } = total(session({ kwh: minute * 0.21, last_updated: at }), tariffs)
      expect(cost).toBeGreaterThanOrEqual(before)
      before = Number(cost)
    }
  })

  it('is refused with the reason when the session makes no sense', () => {
    expect(total(session({ last_updated: 'yesterday' }), perKwhAndHour).cost).toBe('time-unreadable')
    expect(total(session({ kwh: Number.NaN }), perKwhAndHour).cost).toBe('number-out-of-range')
    const local = compiled(element([energy(1)], { start_time: '08:00' }))
    expect(total(session({ kwh: 1 }), local).cost).toBe('time-zone-unknown')
  })
})
