import type { ReportState } from '../../api/drivers.js'
import type { Tone } from '../../parts/values.js'

const KINDS: Readonly<Record<string, string>> = {
  could_not_start: 'Charging did not start',
  could_not_stop: 'Charging did not stop',
  stopped_early: 'Charging ended too early',
  station_broken: 'Station is broken',
  place_blocked: 'Place is blocked',
  wrong_place: 'Station is not where it should be',
  wrong_price: 'Price is wrong',
  card: 'Trouble with a card',
  app: 'Trouble with the app',
  other: 'Something else',
}

/** What a report is about. */
export const kindOf = (kind: string): string => KINDS[kind] ?? kind.replaceAll('_', ' ')

/** Colours of the states. */
export const reportTones: Readonly<Record<ReportState, Tone>> = {
  open: 'warn',
  answered: 'good',
  closed: 'quiet',
}
