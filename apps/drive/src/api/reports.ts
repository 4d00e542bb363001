import { readAgain, type UsedAnswer, useAnswer } from './answers.js'
import { anything, itemsOf, oneOf, optional, type Read, shape, text } from './reading.js'
import { ask } from './request.js'

/** What a report may be about. */
export const reportKinds = [
  'could_not_start',
  'could_not_stop',
  'stopped_early',
  'station_broken',
  'place_blocked',
  'wrong_place',
  'wrong_price',
  'card',
  'app',
  'other',
] as const
/** One of them. */
export type ReportKind = (typeof reportKinds)[number]

const report = shape({
  id: text,
  kind: oneOf(reportKinds),
  text,
  state: oneOf(['open', 'answered', 'closed']),
  answer: optional(text),
  created_at: text,
})
/** A problem that the driver reported. */
export type Report = Read<typeof report>

const reports = itemsOf(report)

/** What the driver reported, the newest first. */
export const useReports = (): UsedAnswer<readonly Report[]> => useAnswer('/problems', reports)

/** A station as reports and links name it. */
export interface StationKey {
  readonly country_code: string
  readonly party_id: string
  readonly location_id: string
}

/** A report as it is sent. */
export interface NewReport {
  readonly kind: ReportKind
  readonly text: string
  readonly station?: StationKey
  readonly evse_uid?: string
  readonly charge_id?: string
}

/** Sends a report. */
export const sendReport = async (wanted: NewReport): Promise<void> => {
  await ask('/problems', anything, { method: 'POST', body: wanted })
  readAgain('/problems')
}
