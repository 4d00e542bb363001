import type { ocpi230 } from '@interwatt/protocol'
import { describe, expect, it } from 'vitest'
import { element, energy, tariff } from '../testing/tariffs.js'
import { chooseTariff, type TariffType } from './choose-tariff.js'

const NOON = '2026-06-03T12:00:00Z'
const named = (id: string, others: Partial<ocpi230.Tariff> = {}) =>
  tariff([element([energy(0.4)])], { id, ...others })

const chosen = (tariffs: readonly ocpi230.Tariff[], at = NOON, type?: TariffType) =>
  chooseTariff(tariffs, { at, ...(type === undefined ? {} : { type }) })?.tariff.id

describe('chooseTariff keeps to the time a tariff is in force (TAR-051)', () => {
  const june = named('JUNE', {
    start_date_time: '2026-06-01T00:00:00Z',
    end_date_time: '2026-07-01T00:00:00Z',
  })

  it('from its start on, not before', () => {
    expect(chosen([june], '2026-06-01T00:00:00Z')).toBe('JUNE')
    expect(chosen([june], '2026-05-31T23:59:59.999Z')).toBeUndefined()
  })

  it('until its end, which is not part of it', () => {
    expect(chosen([june], '2026-06-30T23:59:59Z')).toBe('JUNE')
    expect(chosen([june], '2026-07-01T00:00:00Z')).toBeUndefined()
  })

  it.each(['2026-06-30T23:59:59Z', '2026-06-30T21:59:59Z', '2026-06-30T18:29:59.999Z'])(
    'to the end of the second where it ends in the last one of a minute: %s',
    (end) => {
      const until = named('T', { end_date_time: end })
      const second = end.slice(0, 19)
      expect(chosen([until], `${second}.999Z`)).toBe('T')
      expect(chosen([until], new Date(Date.parse(`${second}Z`) + 1000).toISOString())).toBeUndefined()
    },
  )

  it('to the instant where it ends in any other second', () => {
    const until = named('T', { end_date_time: '2026-06-30T23:59:58Z' })
    expect(chosen([until], '2026-06-30T23:59:57.999Z')).toBe('T')
    expect(chosen([until], '2026-06-30T23:59:58Z')).toBeUndefined()
  })

  it('and without bounds where it has none', () => {
    expect(chosen([named('T')], '1999-01-01T00:00:00Z')).toBe('T')
  })
})

describe('chooseTariff goes by type (TAR-087)', () => {
  const types = ['AD_HOC_PAYMENT', 'PROFILE_CHEAP', 'PROFILE_FAST', 'PROFILE_GREEN', 'REGULAR'] as const
  const one = types.map((type) => named(type, { type }))

  it.each(types)('%s', (type) => {
    expect(chosen(one, NOON, type)).toBe(type)
  })

  it('REGULAR when nothing is said', () => {
    expect(chosen(one)).toBe('REGULAR')
  })

  it('an exact type before none, wherever it stands', () => {
    expect(chosen([named('ANY'), ...one])).toBe('REGULAR')
    expect(chosen([...one, named('ANY')])).toBe('REGULAR')
  })

  it('one without type where the type is not offered, never one of another type', () => {
    const [adHoc, cheap] = one
    if (adHoc === undefined || cheap === undefined) throw new Error('no types')
    expect(chosen([adHoc, named('ANY')], NOON, 'PROFILE_FAST')).toBe('ANY')
    expect(chosen([adHoc, cheap], NOON, 'PROFILE_FAST')).toBeUndefined()
  })

  it('not by one that is exact but not in force', () => {
    const later = named('LATER', { type: 'REGULAR', start_date_time: '2026-06-04T00:00:00Z' })
    expect(chosen([later, named('ANY')])).toBe('ANY')
  })
})

describe('chooseTariff decides between equals (#519)', () => {
  it('for the one that came into force last', () => {
    const old = named('OLD', { start_date_time: '2026-01-01T00:00:00Z' })
    const young = named('YOUNG', { start_date_time: '2026-06-01T00:00:00Z' })
    expect(chosen([named('ALWAYS'), old, young])).toBe('YOUNG')
    expect(chosen([young, old])).toBe('YOUNG')
  })

  it('then for the first of the list, and names the others', () => {
    const choice = chooseTariff([named('A'), named('B'), named('C', { type: 'AD_HOC_PAYMENT' })], {
      at: NOON,
    })
    expect(choice?.tariff.id).toBe('A')
    expect(choice?.ties.map(({ id }) => id)).toEqual(['B'])
  })

  it('among those of the connector only, in any case of letters (TAR-016)', () => {
    expect(chooseTariff([named('A'), named('B')], { at: NOON, ids: ['b'] })?.tariff.id).toBe('B')
    expect(chooseTariff([named('A')], { at: NOON, ids: [] })).toBeUndefined()
  })

  it('for none when the moment cannot be read', () => {
    expect(chooseTariff([named('A')], { at: 'tomorrow' })).toBeUndefined()
  })
})
