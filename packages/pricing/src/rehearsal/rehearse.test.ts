import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Tariff } from '../../../protocol/src/modules/tariffs/v230.js'
import { arbitraryOf } from '../../../protocol/src/testing/index.js'
import { arbitraryTariff } from '../testing/arbitrary-tariffs.js'
import { element, energy, flat, parking, tariff, time } from '../testing/tariffs.js'
import { type Rehearsal, rehearse } from './rehearse.js'
import { TYPICAL_SESSIONS } from './typical-sessions.js'

const costOf = (rehearsal: Rehearsal, id: string): unknown => {
  const cost = rehearsal.sessions.find(({ session }) => session.id === id)?.cost
  return cost?.kind === 'priced' ? (cost.after_taxes ?? cost.before_taxes) : cost?.message
}

const plain = tariff([element([energy(0.5, 1, 20)])])

describe('a rehearsal', () => {
  it('has twenty sessions with different names', () => {
    expect(new Set(TYPICAL_SESSIONS.map(({ id }) => id)).size).toBe(20)
  })

  it('prices every session with tax where it is known', () => {
    const rehearsal = rehearse(plain)
    expect(rehearsal.side).toBe('after_taxes')
    expect(costOf(rehearsal, 'ac-topup')).toBe(1.8)
    expect(costOf(rehearsal, 'dc-truck')).toBe(132)
    expect(costOf(rehearsal, 'reservation-unused')).toBe(0)
    expect(rehearsal.averages?.sessions).toBe(20)
  })

  it('changes prices inside of a session, by local time of the zone', () => {
    const night = tariff([element([energy(0.2)], { end_time: '06:00' }), element([energy(0.4)])])
    // 60 of 130 min lie before midnight; sessions start at the same local time in every zone.
    expect(costOf(rehearse(night), 'across-midnight')).toBe(7.02)
    expect(costOf(rehearse(night, undefined, { timeZone: 'Asia/Tokyo' }), 'across-midnight')).toBe(7.02)
    expect(costOf(rehearse(night), 'dc-night')).toBe(9)
    expect(costOf(rehearse(night), 'dc-quick')).toBe(12)
  })

  it('knows weekdays, dates, power, current, parking and reservations', () => {
    const given = tariff([
      element([flat(3)], { reservation: 'RESERVATION_EXPIRES' }),
      element([energy(0.1)], { day_of_week: ['SUNDAY'] }),
      element([energy(0.8)], { min_power: 300 }),
      element([energy(0.3)], { max_current: 32 }),
      element([energy(0.5)]),
      element([parking(6)]),
    ])
    const rehearsal = rehearse(given)
    expect(costOf(rehearsal, 'reservation-unused')).toBe(3)
    expect(costOf(rehearsal, 'dc-weekend-evening')).toBe(5)
    expect(costOf(rehearsal, 'ac-hybrid')).toBe(3.9)
    expect(costOf(rehearsal, 'long-parking')).toBe(280)
    const summer = tariff([element([energy(0.1)], { start_date: '2026-07-01' }), element([energy(0.5)])])
    expect(costOf(rehearse(summer), 'dc-quick')).toBe(15)
    expect(costOf(rehearse(summer, undefined, { weekOf: '2026-07-15' }), 'dc-quick')).toBe(3)
  })

  it('tells the difference to the tariff that is replaced, exactly, and means', () => {
    const rehearsal = rehearse(plain, tariff([element([energy(0.5, 1, 20)]), element([flat(0.1, 20)])]))
    const differences = rehearsal.sessions.map(({ difference }) => difference)
    expect(differences.filter((difference) => difference === -0.12)).toHaveLength(19)
    expect(rehearsal.averages?.difference).toBe(-0.11)
  })

  it('compares before taxes where one of the two does not know them', () => {
    const rehearsal = rehearse(plain, tariff([element([energy(0.4)])]))
    expect(rehearsal.side).toBe('before_taxes')
    expect(rehearsal.sessions.find(({ session }) => session.id === 'ac-topup')?.difference).toBe(0.3)
  })

  it('says why there is no difference', () => {
    const francs = rehearse(plain, tariff([element([energy(0.4)])], { currency: 'CHF' }))
    expect(francs.incomparable).toBe('the tariffs are in EUR and CHF')
    expect(francs.averages?.difference).toBeUndefined()
    expect(francs.averages?.cost).toBeGreaterThan(0)
    const taxed = rehearse(plain, tariff([element([energy(0.4)])], { tax_included: 'YES' }))
    expect(taxed.side).toBe('after_taxes')
    const apart = rehearse(
      tariff([element([energy(0.4)])]),
      tariff([element([energy(0.4)])], { tax_included: 'YES' }),
    )
    expect(apart.incomparable).toBe('the tariffs state different sides of their taxes')
  })

  it('has a price for a session that begins in the hour that a spring night lacks', () => {
    expect(costOf(rehearse(plain, undefined, { weekOf: '2026-03-29' }), 'dc-night')).toBe(27)
  })

  it('says of each session why it has no price', () => {
    const broken = rehearse(tariff([element([time(2e12)])]))
    expect(broken.averages).toBeUndefined()
    expect(costOf(broken, 'dc-quick')).toContain('too large')
  })

  it('never throws, whatever the tariffs', () => {
    const any = fc.oneof(arbitraryTariff, arbitraryOf(Tariff))
    fc.assert(
      fc.property(any, fc.option(any, { nil: undefined }), (given, before) => {
        const { sessions, averages } = rehearse(given, before)
        expect(sessions).toHaveLength(20)
        expect(JSON.stringify(averages ?? {})).not.toMatch(/null|NaN/)
      }),
      { numRuns: 60 },
    )
  })
})
