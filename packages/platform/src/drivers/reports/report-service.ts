import { randomUUID } from 'node:crypto'
import { partyOf } from '@interwatt/protocol'
import {
  type Driver,
  type DriverChargeStore,
  evseKey,
  locationKey,
  type NodeEvent,
  type ObjectStore,
  type ProblemReport,
  type ProblemReportStore,
  type ReportedPlace,
  type ReportOfDriver,
  type ReportState,
} from '@interwatt/store'
import { problem, type Result } from '../../result.js'
import type { ReportKind } from './report-kinds.js'

/** What problem reports work with. */
export interface ReportDeps {
  readonly reports: ProblemReportStore
  readonly stored: Pick<ObjectStore, 'get'>
  readonly charges: Pick<DriverChargeStore, 'get'>
  /** Tells the feed. */
  event(event: NodeEvent): void
  now(): number
}

/** What a driver reports. */
export interface NewReport {
  readonly kind: ReportKind
  readonly text: string
  readonly place: ReportedPlace | null
  readonly chargeId: string | null
}

/** Problem reports of drivers. */
export interface ReportService {
  /** A problem when the place is not known here, or the charge is not the driver's. */
  add(driver: Driver, report: NewReport): Promise<Result<ReportOfDriver>>
  get(id: string): Promise<ReportOfDriver | undefined>
  list: ProblemReportStore['list']
  /** Answers a report or sets its state: an answer makes it `answered` unless a state is named. A problem when it is not known, or answered without an answer. */
  change(
    id: string,
    change: { readonly state?: ReportState; readonly answer?: string | null; readonly by: string },
  ): Promise<Result<ReportOfDriver>>
}

/** The feed is read by programs of many: it says that there is a report, never what a person wrote. */
const eventOf = (type: 'created' | 'updated', report: ProblemReport): NodeEvent => {
  const { id, kind, state, place, createdAt, updatedAt } = report
  const at =
    place === null
      ? null
      : {
          ...{ country_code: place.countryCode, party_id: place.partyId },
          ...{ location_id: place.locationId, evse_uid: place.evseUid },
        }
  const data = { id, kind, state, place: at, created_at: createdAt, updated_at: updatedAt }
  return { type: `problem_report.${type}`, subject: id, data }
}

const isKnown = async ({ stored }: ReportDeps, place: ReportedPlace): Promise<boolean> => {
  const owner = partyOf(place.countryCode, place.partyId)
  const key =
    place.evseUid === null
      ? locationKey(owner, place.locationId)
      : evseKey(owner, place.locationId, place.evseUid)
  return (await stored.get(key)) !== undefined
}

/** Problem reports over their store. */
export const createReportService = (deps: ReportDeps): ReportService => {
  const { reports } = deps
  const nowIso = (): string => new Date(deps.now()).toISOString()
  return {
    get: (id) => reports.get(id),
    list: (query) => reports.list(query),
    async add({ id: driverId, name, email, contractId, language }, { kind, text, place, chargeId }) {
      if (place !== null && !(await isKnown(deps, place)))
        return problem(422, 'No such place', 'The station or its charge point is not known here.')
      if (chargeId !== null && (await deps.charges.get(driverId, chargeId)) === undefined)
        return problem(422, 'No such charge', 'You have no such charge.')
      const at = nowIso()
      const report: ProblemReport = {
        ...{ id: randomUUID(), driverId, kind, text, place, chargeId, state: 'open' },
        ...{ answer: null, answeredAt: null, answeredBy: null, createdAt: at, updatedAt: at },
      }
      await reports.add(report)
      deps.event(eventOf('created', report))
      const driver = { id: driverId, name, email, contractId, language }
      return { kind: 'done', value: { ...report, driver } }
    },
    async change(id, { state: wanted, answer = undefined, by }) {
      const before = await reports.get(id)
      const unknown = problem(404, 'No such report', 'The problem report is not known here.')
      if (before === undefined) return unknown
      const isNew = answer !== undefined && answer !== before.answer
      const after = answer === undefined ? before.answer : answer
      const state = wanted ?? (isNew && answer !== null ? 'answered' : before.state)
      if (state === 'answered' && after === null)
        return problem(422, 'No answer', 'A report is answered with an answer: send its text too.')
      const updatedAt = nowIso()
      const answered =
        after === null ? { answeredAt: null, answeredBy: null } : { answeredAt: updatedAt, answeredBy: by }
      const changed = await reports.update(id, {
        ...{ state, answer: after, updatedAt },
        ...(isNew ? answered : { answeredAt: before.answeredAt, answeredBy: before.answeredBy }),
      })
      if (changed === undefined) return unknown
      deps.event(eventOf('updated', changed))
      return { kind: 'done', value: changed }
    },
  }
}
