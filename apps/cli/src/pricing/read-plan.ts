import { type ChargeCurvePoint, zoneClock } from '@interwatt/pricing'
import { InvalidArgumentError } from 'commander'
import { Failure } from '../failure.js'

/** Reads a number above 0, up to a bound; `what` names it with its unit. */
export const positive =
  (what: string, max: number) =>
  (text: string): number => {
    const value = Number(text)
    if (/^\d{1,9}(\.\d{1,6})?$/.test(text) && value > 0 && value <= max) return value
    throw new InvalidArgumentError(`It takes ${what}, above 0 and at most ${max}.`)
  }

/** Reads a number from 0 to 100. */
export const percent = (text: string): number => {
  const value = Number(text)
  if (/^\d{1,3}(\.\d{1,3})?$/.test(text) && value <= 100) return value
  throw new InvalidArgumentError('It takes percent, from 0 to 100.')
}

/** Reads `90`, `90m`, `2h` or `1h30m` as minutes. */
export const minutes = (text: string): number => {
  const [, hours, rest] = /^(?:(\d{1,4})h)?(?:(\d{1,5})m?)?$/.exec(text) ?? []
  if (text === '' || (hours === undefined && rest === undefined))
    throw new InvalidArgumentError('It takes a duration, such as 45m, 2h or 1h30m.')
  return Number(hours ?? 0) * 60 + Number(rest ?? 0)
}

/** Reads `0:120,50:110,80:60`: kW at percent of the battery. */
export const curve = (text: string): readonly ChargeCurvePoint[] =>
  text.split(',').map((point) => {
    const [, at, kw] = /^(\d{1,3}(?:\.\d+)?):(\d{1,5}(?:\.\d+)?)$/.exec(point.trim()) ?? []
    if (at === undefined || kw === undefined)
      throw new InvalidArgumentError('It takes points of percent and kW, such as 0:120,50:110,80:60,100:10.')
    return { percent: Number(at), kw: Number(kw) }
  })

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/
const WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/
const DAY_MS = 86_400_000

const wrongStart = (text: string, hint: string): Failure =>
  new Failure(`--start "${text.slice(0, 40)}" cannot be read.`, { hint, exitCode: 2 })

/** The instant of a local time; the first one where clocks are set back, none where they are set forward over it. */
const localInstant = (text: string, timeZone: string): string => {
  const clock = zoneClock(timeZone)
  const wallMs = Date.parse(`${text}Z`)
  if (clock === undefined || Number.isNaN(wallMs))
    throw wrongStart(text, 'It takes a day of the calendar and a time, such as 2026-11-22T18:00.')
  const candidates = [wallMs - DAY_MS, wallMs + DAY_MS]
    .map((nearMs) => wallMs - clock.offsetMsAt(nearMs))
    .filter((epochMs) => epochMs + clock.offsetMsAt(epochMs) === wallMs)
  if (candidates.length === 0)
    throw wrongStart(text, `The clocks of ${timeZone} are set forward over this time.`)
  return new Date(Math.min(...candidates)).toISOString()
}

/** The instant of `--start`: as it says, or local time of the zone. Throws Failure, exit code 2. */
export const startOf = (text: string, timeZone: string | undefined): string => {
  if (WITH_ZONE.test(text) && !Number.isNaN(Date.parse(text))) return new Date(text).toISOString()
  if (!LOCAL.test(text)) throw wrongStart(text, 'It takes a date and time, such as 2026-11-22T18:00.')
  if (timeZone === undefined)
    throw wrongStart(text, 'Local time needs --time-zone, such as Europe/Berlin; UTC ends in Z.')
  return localInstant(text, timeZone)
}
