import {
  anything,
  doc,
  type Json,
  listOf,
  number,
  oneOf,
  optional,
  type Read,
  shape,
  text,
} from './reading.js'
import { address, ask, type Query } from './request.js'
import { type Role, roles } from './session.js'

const trafficLine = shape({
  direction: text,
  operation: text,
  ok: number,
  refused: number,
  outage: number,
  mean_ms: optional(number),
})
const traffic = shape({ started_at: text, items: listOf(trafficLine) })
/** OCPI exchanges of one operation since the node started. */
export type TrafficLine = Read<typeof trafficLine>
export const getTraffic = (): Promise<Read<typeof traffic>> => ask('/traffic', traffic)

const party = shape({
  country_code: text,
  party_id: text,
  roles: listOf(text),
  business_details: optional(doc),
})
/** A party this node hosts. */
export type Party = Read<typeof party>
export const listParties = async (): Promise<readonly Party[]> =>
  (await ask('/parties', shape({ items: listOf(party) }))).items

const command = shape({
  id: text,
  direction: text,
  type: text,
  partner_id: text,
  party: optional(shape({ country_code: text, party_id: text })),
  request: doc,
  state: text,
  response: optional(text),
  result: optional(text),
  message: anything,
  deadline: optional(text),
  session_id: optional(text),
  correlation_id: text,
  created_at: text,
  finished_at: optional(text),
})
/** A command with its progress. */
export type Command = Read<typeof command>
const commands = shape({ items: listOf(command), next: optional(text) })

/** Commands, newest first. */
export const getCommands = (query: Query, signal?: AbortSignal): Promise<Read<typeof commands>> =>
  ask(address(['commands'], query), commands, signal === undefined ? {} : { signal })
/** Sends a command; throws `ApiFailure` with the reason where the node does not. */
export const sendCommand = (type: string, body: Json): Promise<Command> =>
  ask(address(['commands', type]), command, { method: 'POST', body })
export const getCommand = (id: string): Promise<Command> => ask(address(['commands', id]), command)

const key = shape({ id: text, name: text, role: oneOf(roles), created_at: text })
/** An operator key, without the key. */
export type Key = Read<typeof key>
const madeKey = shape({ id: text, name: text, role: oneOf(roles), key: text })

export const listKeys = async (): Promise<readonly Key[]> =>
  (await ask('/keys', shape({ items: listOf(key) }))).items
/** Makes a key; it is in the answer and never shown again. */
export const makeKey = (name: string, role: Role): Promise<Read<typeof madeKey>> =>
  ask('/keys', madeKey, { method: 'POST', body: { name, role } })
export const withdrawKey = async (id: string): Promise<void> => {
  await ask(address(['keys', id]), () => undefined, { method: 'DELETE' })
}

const event = shape({ type: text, timestamp: text, seq: number, subject: text, data: anything })
/** One entry of the event stream. */
export type NodeEvent = Read<typeof event>
export const readEvent = event
