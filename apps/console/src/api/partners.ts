import { anything, doc, flag, listOf, mapOf, number, optional, type Read, shape, text } from './reading.js'
import { address, ask } from './request.js'

const party = shape({ country_code: text, party_id: text })
const role = shape({ role: text, country_code: text, party_id: text, business_details: optional(doc) })
const endpoint = shape({ identifier: text, role: text, url: text })

const health = shape({
  state: text,
  outages: number,
  retry_at: optional(text),
  last_error: optional(text),
  last_success_at: optional(text),
  cursors: mapOf(number),
  backlog: mapOf(number),
  refusals: number,
})

const partner = shape({
  id: text,
  name: text,
  status: text,
  status_reason: optional(text),
  version: optional(text),
  versions_url: optional(text),
  unlock_allowed: flag,
  test_partner: flag,
  charging_profiles_allowed: flag,
  endpoints: listOf(endpoint),
  roles: listOf(role),
  hub_party: optional(party),
  own: optional(shape({ role: text, country_code: text, party_id: text })),
  created_at: text,
  registered_at: optional(text),
  health,
})

/** A connection to another platform. */
export type Partner = Read<typeof partner>

const invitation = shape({
  id: text,
  token_a: text,
  versions_url: text,
  cpo_versions_url: text,
  emsp_versions_url: text,
})
/** What a partner needs to register; the token is shown once. */
export type Invitation = Read<typeof invitation>

const refusal = shape({
  kind: text,
  country_code: text,
  party_id: text,
  id: text,
  http_status: number,
  status_code: number,
  message: text,
  at: text,
})
/** An object that a partner did not accept. */
export type Refusal = Read<typeof refusal>

const finding = shape({
  operation: text,
  pointer: text,
  code: text,
  rule: text,
  severity: text,
  message: text,
  example: anything,
  count: number,
  first_at: text,
  last_at: text,
})
/** A way in which the messages of a partner deviate from its version. */
export type PartnerFinding = Read<typeof finding>

const quirk = shape({
  quirk: text,
  title: text,
  rule: optional(text),
  handled: anything,
  setting: optional(text),
  count: number,
  last_at: text,
})
const profile = shape({
  detected: listOf(quirk),
  accepts: shape({ missing_last_updated: flag, long_texts: flag }),
  sends: shape({ token_encoding: optional(text), trailing_slash: flag, put_for_patch: flag }),
})
/** Habits of a partner, and what was agreed about them. */
export type Profile = Read<typeof profile>
/** What can be agreed. */
export type Agreement = Pick<Profile, 'accepts' | 'sends'>

const lossRow = shape({ document: text, from: text, to: text, pointer: text, reason: text })
const losses = shape({ sent: listOf(lossRow), received: listOf(lossRow) })
/** What objects can lose on the way to a partner and from it. */
export type PartnerLosses = Read<typeof losses>

const items = <T>(read: (value: unknown, place: string) => T) => shape({ items: listOf(read) })
const of = (id: string, ...more: readonly string[]): string => address(['partners', id, ...more])

export const listPartners = async (): Promise<readonly Partner[]> =>
  (await ask('/partners', items(partner))).items
export const getPartner = (id: string): Promise<Partner> => ask(of(id), partner)
export const getRefusals = async (id: string): Promise<readonly Refusal[]> =>
  (await ask(of(id, 'refusals'), items(refusal))).items
export const getFindings = async (id: string): Promise<readonly PartnerFinding[]> =>
  (await ask(of(id, 'findings'), items(finding))).items
export const getProfile = (id: string): Promise<Profile> => ask(of(id, 'profile'), profile)
export const getLosses = (id: string): Promise<PartnerLosses> => ask(of(id, 'losses'), losses)

/** Agrees on deviations; what is false or null keeps to the specification. */
export const putProfile = (id: string, { accepts, sends }: Agreement): Promise<Profile> => {
  const { token_encoding, ...flags } = sends
  const body = { accepts, sends: token_encoding === null ? flags : { ...flags, token_encoding } }
  return ask(of(id, 'profile'), profile, { method: 'PUT', body })
}

/** Which end of a connection of one party each. */
export interface Ends {
  readonly role?: string
  readonly party?: { readonly country_code: string; readonly party_id: string }
}

/** Makes a registration token for a partner to be. */
export const invitePartner = (name: string, ends: Ends = {}): Promise<Invitation> =>
  ask('/partners', invitation, { method: 'POST', body: { name, ...ends } })

/** What a partner handed over. */
export interface Registration extends Ends {
  /** Id for the new partner, to follow its messages from the first one on. */
  readonly id?: string
  readonly name: string
  readonly versions_url: string
  readonly token_a: string
  readonly version?: string
}
/** Registers with a partner; throws `ApiFailure` with the step at which it ended. */
export const registerPartner = (body: Registration): Promise<Partner> =>
  ask('/partners', partner, { method: 'POST', body })

/** Things done with a registered partner. */
export type PartnerAction = 'rotate' | 'suspend' | 'resume' | 'resync'
export const actOnPartner = (id: string, action: PartnerAction): Promise<Partner> =>
  ask(of(id, action), partner, { method: 'POST' })
export const reinvitePartner = (id: string): Promise<Invitation> =>
  ask(of(id, 'reinvite'), invitation, { method: 'POST' })

const removed = shape({ told: flag })
/** Unregisters; whether the partner could be told. */
export const removePartner = (id: string): Promise<Read<typeof removed>> =>
  ask(of(id), removed, { method: 'DELETE' })

/** What an operator decides about a partner. */
export interface PartnerChange {
  readonly name?: string
  readonly unlock_allowed?: boolean
  readonly test_partner?: boolean
  readonly charging_profiles_allowed?: boolean
}
export const changePartner = (id: string, body: PartnerChange): Promise<Partner> =>
  ask(of(id), partner, { method: 'PATCH', body })
