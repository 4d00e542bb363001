import { flag, listOf, number, oneOf, optional, type Read, shape, text } from './reading.js'
import { address, ask, type Query } from './request.js'

const driverFields = {
  id: text,
  country_code: text,
  party_id: text,
  contract_id: text,
  name: text,
  email: optional(text),
  language: text,
  is_demo: flag,
  created_at: text,
}
const driver = shape(driverFields)
/** Somebody with an account at an eMSP of the node. */
export type Driver = Read<typeof driver>

const card = shape({
  uid: text,
  label: optional(text),
  visual_number: optional(text),
  state: oneOf(['active', 'blocked', 'withdrawn']),
  added_at: text,
})
/** A card of a driver. */
export type Card = Read<typeof card>

const vehicle = shape({
  id: text,
  name: text,
  model: optional(text),
  battery_kwh: text,
  max_ac_kw: optional(text),
  ac_phases: number,
  max_dc_kw: optional(text),
  plugs: listOf(text),
})
/** A car of a driver. */
export type Vehicle = Read<typeof vehicle>

const driverFile = shape({ ...driverFields, cards: listOf(card), vehicles: listOf(vehicle) })
/** A driver with cards and cars. */
export type DriverFile = Read<typeof driverFile>

const drivers = shape({ items: listOf(driver), next: optional(text) })

/** Drivers, the newest first. */
export const getDrivers = (query: Query, signal?: AbortSignal): Promise<Read<typeof drivers>> =>
  ask(address(['drivers'], query), drivers, signal === undefined ? {} : { signal })
export const getDriver = (id: string): Promise<DriverFile> => ask(address(['drivers', id]), driverFile)
export const deleteDriver = (id: string): Promise<null> =>
  ask(address(['drivers', id]), () => null, { method: 'DELETE' })
/** Gives a card to a driver. */
export const giveCard = (id: string, uid: string, visualNumber: string): Promise<Card> =>
  ask(address(['drivers', id, 'cards', uid]), card, {
    method: 'PUT',
    body: visualNumber === '' ? {} : { visual_number: visualNumber },
  })
export const takeCard = (id: string, uid: string): Promise<null> =>
  ask(address(['drivers', id, 'cards', uid]), () => null, { method: 'DELETE' })

/** States of a problem report. */
export const reportStates = ['open', 'answered', 'closed'] as const
/** One of them. */
export type ReportState = (typeof reportStates)[number]

const report = shape({
  id: text,
  kind: text,
  state: oneOf(reportStates),
  text,
  station: optional(shape({ country_code: text, party_id: text, location_id: text })),
  evse_uid: optional(text),
  charge_id: optional(text),
  answer: optional(text),
  answered_at: optional(text),
  answered_by: optional(text),
  created_at: text,
  updated_at: text,
  driver: shape({ id: text, name: text, email: optional(text), contract_id: text, language: text }),
})
/** A problem that a driver reported. */
export type ProblemReport = Read<typeof report>

const reports = shape({ items: listOf(report), next: optional(text) })

/** Problem reports, the newest first. */
export const getReports = (query: Query, signal?: AbortSignal): Promise<Read<typeof reports>> =>
  ask(address(['problem-reports'], query), reports, signal === undefined ? {} : { signal })
export const getReport = (id: string): Promise<ProblemReport> => ask(address(['problem-reports', id]), report)
/** Answers a report or sets its state. */
export const changeReport = (
  id: string,
  change: { readonly state?: ReportState; readonly answer?: string },
): Promise<ProblemReport> => ask(address(['problem-reports', id]), report, { method: 'PATCH', body: change })
