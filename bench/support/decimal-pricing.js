import { Decimal } from 'decimal.js'
import { zoneClock } from '../../packages/pricing/dist/index.js'

/**
 * The same work the usual way: a well-known decimal library, elements looked through for every period, quantities and steps
 * by dimension. It knows no more restrictions than the tariff of the bench has, and explains nothing. Local time is that of
 * the engine, so that only the arithmetic is compared.
 */

const HOUR = new Decimal(3600)

const minutesOf = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

const holds = (restrictions, at) => {
  if (restrictions === undefined) return true
  const { start_time, end_time, min_duration } = restrictions
  if (start_time !== undefined && at.minutes < minutesOf(start_time)) return false
  if (end_time !== undefined && at.minutes >= minutesOf(end_time)) return false
  return min_duration === undefined || at.elapsed >= min_duration
}

const active = (tariff, type, at) => {
  for (const { price_components, restrictions } of tariff.elements) {
    const component = price_components.find((one) => one.type === type)
    if (component !== undefined && holds(restrictions, at)) return component
  }
  return undefined
}

/** Total before and after taxes of a session, rounded to cents. */
export const decimalPrice = (session, tariff) => {
  const clock = zoneClock(session.time_zone)
  const startMs = Date.parse(session.start_date_time)
  const used = new Map()
  const lanes = {
    ENERGY: { total: new Decimal(0) },
    TIME: { total: new Decimal(0) },
    PARKING_TIME: { total: new Decimal(0) },
  }
  let fee
  let lastTime
  for (const { start_date_time, dimensions } of session.charging_periods) {
    const ms = Date.parse(start_date_time)
    const at = {
      minutes: (((ms + clock.offsetMsAt(ms)) / 60_000) | 0) % 1440,
      elapsed: (ms - startMs) / 1000,
    }
    fee ??= active(tariff, 'FLAT', at)
    for (const { type, volume } of dimensions) {
      const component = active(tariff, type, at)
      if (component === undefined) continue
      const amount = new Decimal(volume)
      used.set(component, (used.get(component) ?? new Decimal(0)).plus(amount))
      lanes[type].total = lanes[type].total.plus(amount)
      lanes[type].last = component
      if (type !== 'ENERGY') lastTime = type
    }
  }
  for (const type of ['ENERGY', lastTime]) {
    const lane = lanes[type]
    if (lane?.last === undefined) continue
    const unit = type === 'ENERGY' ? new Decimal(1000) : HOUR
    const step = new Decimal(lane.last.step_size)
    const billed = lane.total.times(unit).div(step).ceil().times(step).div(unit)
    used.set(lane.last, used.get(lane.last).plus(billed).minus(lane.total))
  }
  if (fee !== undefined) used.set(fee, new Decimal(1))
  let net = new Decimal(0)
  let gross = new Decimal(0)
  for (const [component, amount] of used) {
    const cost = amount.times(component.price)
    net = net.plus(cost)
    gross = gross.plus(cost.times(new Decimal(component.vat).div(100).plus(1)))
  }
  return {
    before_taxes: net.toDecimalPlaces(2, Decimal.ROUND_HALF_UP).toNumber(),
    after_taxes: gross.toDecimalPlaces(2, Decimal.ROUND_HALF_UP).toNumber(),
  }
}
