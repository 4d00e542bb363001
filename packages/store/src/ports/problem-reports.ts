import type { Driver } from './drivers.js'

/** Whether somebody still has to look at a report. */
export type ReportState = 'open' | 'answered' | 'closed'

/** Where it happened. */
export interface ReportedPlace {
  readonly countryCode: string
  readonly partyId: string
  readonly locationId: string
  readonly evseUid: string | null
}

/** A problem that a driver reported. */
export interface ProblemReport {
  /** UUID. */
  readonly id: string
  readonly driverId: string
  readonly kind: string
  readonly state: ReportState
  readonly text: string
  readonly place: ReportedPlace | null
  readonly chargeId: string | null
  /** What the driver is answered. */
  readonly answer: string | null
  readonly answeredAt: string | null
  /** Id of the operator key. */
  readonly answeredBy: string | null
  readonly createdAt: string
  readonly updatedAt: string
}

/** A report with who made it. */
export interface ReportOfDriver extends ProblemReport {
  readonly driver: Pick<Driver, 'id' | 'name' | 'email' | 'contractId' | 'language'>
}

/** Storage of problem reports. They go with their driver. */
export interface ProblemReportStore {
  add(report: ProblemReport): Promise<void>
  get(id: string): Promise<ReportOfDriver | undefined>
  /** The newest first; `after` is the id of the last one seen. */
  list(query: {
    readonly state?: ReportState
    readonly driverId?: string
    readonly after?: string
    readonly limit: number
  }): Promise<readonly ReportOfDriver[]>
  /** Changes state and answer; undefined when the report is not known. */
  update(
    id: string,
    change: Pick<ProblemReport, 'state' | 'answer' | 'answeredAt' | 'answeredBy' | 'updatedAt'>,
  ): Promise<ReportOfDriver | undefined>
}
