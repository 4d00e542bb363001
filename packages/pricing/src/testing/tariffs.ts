import type { ocpi230 } from '@interwatt/protocol'

type Component = ocpi230.PriceComponent
type Restrictions = ocpi230.TariffRestrictions

/** A price component in one line: dimension, price, step, VAT in percent. */
export const component = (
  type: Component['type'],
  price: number,
  step_size = 1,
  vat?: number,
): Component => ({
  type,
  price,
  step_size,
  ...(vat === undefined ? {} : { vat }),
})

export const energy = (price: number, step = 1, vat?: number) => component('ENERGY', price, step, vat)
export const time = (price: number, step = 1, vat?: number) => component('TIME', price, step, vat)
export const parking = (price: number, step = 1, vat?: number) => component('PARKING_TIME', price, step, vat)
export const flat = (price: number, vat?: number) => component('FLAT', price, 1, vat)

/** An element; restrictions last. */
export const element = (
  price_components: readonly Component[],
  restrictions?: Restrictions,
): ocpi230.TariffElement => ({
  price_components: [...price_components],
  ...(restrictions === undefined ? {} : { restrictions }),
})

/** A tariff of a made-up operator, in euros and without tax included unless told otherwise. */
export const tariff = (
  elements: readonly ocpi230.TariffElement[],
  others: Partial<ocpi230.Tariff> = {},
): ocpi230.Tariff => ({
  country_code: 'DE',
  party_id: 'CPO',
  id: 'T1',
  currency: 'EUR',
  elements: [...elements],
  tax_included: 'NO',
  last_updated: '2026-01-01T00:00:00Z',
  ...others,
})

/** What one stretch of a session measured. */
export interface Stretch {
  readonly minutes: number
  readonly kwh?: number
  /** `parking`: the car is plugged in and asks for no power; `reserved`: nobody has come yet. */
  readonly as?: 'charging' | 'parking' | 'reserved'
  readonly dimensions?: readonly ocpi230.CdrDimension[]
  readonly tariff_id?: string
}

const TIME_DIMENSION = { charging: 'TIME', parking: 'PARKING_TIME', reserved: 'RESERVATION_TIME' } as const

/** Four decimals of an hour, as documents carry them. */
const hours = (minutes: number): number => Math.round((minutes / 60) * 10_000) / 10_000

/** A session of consecutive stretches as charging periods, from a UTC start on. */
export const session = (start: string, stretches: readonly Stretch[], timeZone?: string) => {
  let at = Date.parse(start)
  const text = (): string => `${new Date(at).toISOString().slice(0, 19)}Z`
  const begin = text()
  const charging_periods = stretches.map((stretch): ocpi230.ChargingPeriod => {
    const start_date_time = text()
    at += stretch.minutes * 60_000
    return {
      start_date_time,
      dimensions: [
        { type: TIME_DIMENSION[stretch.as ?? 'charging'], volume: hours(stretch.minutes) },
        ...(stretch.kwh === undefined ? [] : [{ type: 'ENERGY' as const, volume: stretch.kwh }]),
        ...(stretch.dimensions ?? []),
      ],
      ...(stretch.tariff_id === undefined ? {} : { tariff_id: stretch.tariff_id }),
    }
  })
  return { start_date_time: begin, end_date_time: text(), charging_periods, time_zone: timeZone }
}
