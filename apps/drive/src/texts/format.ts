import { locale } from './say.js'

/** An amount of money as the API says it: exact decimal text. */
export interface Money {
  readonly amount: string
  readonly currency: string
}

const NUMERIC = /^-?\d+(\.\d+)?$/
const isNumeric = (text: string): text is `${number}` => NUMERIC.test(text)

const write = (value: string | number, options: Intl.NumberFormatOptions): string => {
  const format = new Intl.NumberFormat(locale(), options)
  if (typeof value === 'number') return format.format(value)
  // NOTE: exact: a decimal text is not taken through a floating-point number.
  return isNumeric(value) ? format.format(value) : value
}

/** A number, such as `1,234.5`; `digits` behind the point at most. */
export const formatNumber = (value: string | number, digits = 2): string =>
  write(value, { maximumFractionDigits: digits })

/** A share of a whole in percent, from a value between 0 and 100. */
export const formatPercent = (percent: number): string =>
  write(percent / 100, { style: 'percent', maximumFractionDigits: 0 })

/** An amount of money, such as `€12.34`. `digits`: digits behind the point at most, for prices such as 0.4567 per kWh. */
export const formatMoney = ({ amount, currency }: Money, digits = 2): string => {
  if (!/^[A-Za-z]{3}$/.test(currency)) return `${formatNumber(amount, digits)} ${currency}`
  return write(amount, { style: 'currency', currency, maximumFractionDigits: Math.max(2, digits) })
}

/** Energy in kWh, such as `20 kWh`. */
export const formatEnergy = (kwh: string | number): string => `${formatNumber(kwh, 2)} kWh`

/** Power in kW, such as `150 kW`. */
export const formatPower = (kw: string | number): string => `${formatNumber(kw, 1)} kW`

/** A distance from metres: `350 m`, `1.2 km`, `34 km`. */
export const formatDistance = (metres: number): string => {
  const unit = (value: number, name: string, digits: number): string =>
    write(value, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits })
  if (metres < 995) return unit(Math.round(metres / 10) * 10, 'meter', 0)
  return unit(metres / 1000, 'kilometer', metres < 9_950 ? 1 : 0)
}

/** A time span from seconds: `45 sec`, `12 min`, `1 hr 5 min` in the words of the language. */
export const formatDuration = (seconds: number): string => {
  const unit = (value: number, name: string): string =>
    write(value, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 0 })
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return unit(whole, 'second')
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return unit(minutes, 'minute')
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return rest === 0 ? unit(hours, 'hour') : `${unit(hours, 'hour')} ${unit(rest, 'minute')}`
}

const writeTime = (at: string | number, options: Intl.DateTimeFormatOptions): string => {
  const time = new Date(at)
  if (Number.isNaN(time.getTime())) return ''
  return new Intl.DateTimeFormat(locale(), options).format(time)
}

/** A day, such as `22 Nov 2026`, in the time zone of the device. Empty for what is no time. */
export const formatDate = (at: string | number): string => writeTime(at, { dateStyle: 'medium' })

/** A time of day, such as `14:05`. Empty for what is no time. */
export const formatTime = (at: string | number): string => writeTime(at, { timeStyle: 'short' })

/** A day and a time of day. Empty for what is no time. */
export const formatDateTime = (at: string | number): string =>
  writeTime(at, { dateStyle: 'medium', timeStyle: 'short' })

/** A month, such as `November 2026`, from its first day or `2026-11`. */
export const formatMonth = (month: string): string =>
  writeTime(`${month.slice(0, 7)}-15T12:00:00Z`, { month: 'long', year: 'numeric' })

const STEPS = [
  ['minute', 60],
  ['hour', 3_600],
  ['day', 86_400],
] as const

/** How long ago something was, such as `12 minutes ago`; from an age in milliseconds. Less than a minute is `now`. */
export const formatAgo = (ageMs: number): string => {
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' })
  const seconds = Math.max(0, Math.round(ageMs / 1000))
  const step = STEPS.findLast(([, length]) => seconds >= length)
  return step === undefined
    ? format.format(0, 'second')
    : format.format(-Math.floor(seconds / step[1]), step[0])
}
