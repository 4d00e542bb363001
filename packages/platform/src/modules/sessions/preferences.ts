import type { ClientPartner, OcpiClient } from '@interwatt/client'
import { lower, OcpiRefusal, ocpi230, type PartyId, parseDateTime, parseDocument } from '@interwatt/protocol'
import {
  type Document,
  type EventStore,
  evseKey,
  type ObjectStore,
  type Partner,
  type StoredObject,
  tariffKey,
} from '@interwatt/store'
import { type AskAway, awayProblem } from '../../directory/away.js'
import { type Directory, hostedIn } from '../../directory/partner-directory.js'
import { invalid } from '../../objects/own-objects.js'
import { describeOutcome } from '../../registration/discover.js'
import { problem, type Result } from '../../services.js'
import { findConnector } from '../locations/plan-connector.js'
import { isLive } from '../plan-write.js'
import { asDocument } from '../serving.js'
import { concerns } from './concerns.js'

export interface PreferenceDeps {
  readonly objects: ObjectStore
  readonly events: EventStore
  readonly directory: Directory
  readonly client: OcpiClient
  readonly now: () => number
  openPartner(partner: Partner): ClientPartner | undefined
}

/** What sending preferences to a CPO works with besides. */
export interface SendPreferenceDeps extends PreferenceDeps {
  readonly askAway: AskAway
}

/** The tariff type that makes a profile available at a connector (SES-085). */
const TARIFF_TYPE: Readonly<Record<ocpi230.ProfileType, string>> = {
  CHEAP: 'PROFILE_CHEAP',
  FAST: 'PROFILE_FAST',
  GREEN: 'PROFILE_GREEN',
  REGULAR: 'REGULAR',
}

/** Who charges cheap or green waits for it, so it has to be known how long there is time (SES-083). */
const WAITS: readonly ocpi230.ProfileType[] = ['CHEAP', 'GREEN']

/** What a CPO can say to preferences by what it published: capability, tariffs, state and time (SES-081 to SES-088). */
const judgePreferences = (
  session: Document,
  tariffTypes: readonly (string | undefined)[],
  preferences: ocpi230.ChargingPreferences,
  nowMs: number,
): ocpi230.ChargingPreferencesResponse => {
  if (session.status !== 'ACTIVE' && session.status !== 'PENDING' && session.status !== 'RESERVATION')
    return 'NOT_POSSIBLE'
  const wanted = TARIFF_TYPE[preferences.profile_type]
  const supported = preferences.profile_type === 'REGULAR' || tariffTypes.includes(wanted)
  if (!supported) return 'PROFILE_TYPE_NOT_SUPPORTED'
  const departure =
    preferences.departure_time === undefined ? undefined : parseDateTime(preferences.departure_time)
  if (departure !== undefined && departure.epochMs <= nowMs)
    throw new OcpiRefusal('invalid', '/departure_time is in the past (SES-087).')
  return departure === undefined && WAITS.includes(preferences.profile_type)
    ? 'DEPARTURE_REQUIRED'
    : 'ACCEPTED'
}

/** The CPO side: answers at once and tells the back end. */
export const createDecidePreferences =
  (deps: PreferenceDeps) =>
  async (
    session: StoredObject,
    preferences: ocpi230.ChargingPreferences,
    correlationId: string,
  ): Promise<ocpi230.ChargingPreferencesResponse> => {
    const { location_id: location, evse_uid: uid, connector_id: connectorId } = session.document
    const evse = await deps.objects.get(evseKey(session.key, String(location), String(uid)))
    const capabilities =
      isLive(evse) && Array.isArray(evse.document.capabilities) ? evse.document.capabilities : []
    if (!isLive(evse) || !capabilities.includes('CHARGING_PREFERENCES_CAPABLE')) {
      throw new OcpiRefusal('notCapable', 'The EVSE of this session takes no charging preferences (SES-082).')
    }
    const connector = findConnector(evse.document, String(connectorId))
    const ids = Array.isArray(connector?.tariff_ids) ? connector.tariff_ids.map(String) : []
    const tariffs = await deps.objects.getMany(ids.map((id) => tariffKey(session.key, id)))
    const types = tariffs
      .filter(isLive)
      .map((tariff) => (typeof tariff.document.type === 'string' ? tariff.document.type : undefined))
    const response = judgePreferences(session.document, types, preferences, deps.now())
    const subject = `${session.key.countryCode}*${session.key.partyId}/${session.key.id}`
    const data = {
      session_id: session.document.id,
      preferences: asDocument(preferences),
      response,
      correlation_id: correlationId,
    }
    await deps.events.append({ type: 'session.charging_preferences', subject, data })
    return response
  }

/** The eMSP side: PUT to the CPO of a received session. */
export const createSendPreferences =
  (deps: SendPreferenceDeps) =>
  async (session: StoredObject, input: unknown): Promise<Result<{ response: string }>> => {
    const parsed = parseDocument(ocpi230.ChargingPreferences, input, 'whole')
    if (!parsed.ok) return invalid(parsed.findings)
    const partner =
      session.receivedFrom === null ? undefined : await deps.directory.partner(session.receivedFrom)
    const open = partner && deps.openPartner(partner)
    if (!partner || !open)
      return problem(409, 'The partner is not connected', 'The CPO of this session cannot be reached.')
    const away = await deps.askAway(partner, session.key)
    if (away) return awayProblem(away)
    const lowered = lower('charging_preferences', open.version, asDocument(parsed.value), 'whole')
    if (lowered.kind === 'withheld')
      return problem(422, `Not possible in version ${open.version}`, lowered.reason)
    const outcome = await deps.client.call(
      open,
      'sessions.sender.setChargingPreferences',
      { params: { session_id: String(session.document.id) }, body: lowered.document },
      { to: session.key, ...asker(deps.directory, session.document) },
    )
    if (outcome.kind === 'ok') return { kind: 'done', value: { response: String(outcome.data) } }
    return problem(
      502,
      'The partner did not take the preferences',
      `${partner.name} ${describeOutcome(outcome)}`,
    )
  }

/** Our party whose driver it is: the owner of the token, else any eMSP party here. */
const asker = (directory: Directory, session: Document): { readonly from?: PartyId } => {
  const own = hostedIn(directory.hosted(), 'EMSP')
  const from = own.find((party) => concerns(session, [party])) ?? own[0]
  return from === undefined ? {} : { from }
}
