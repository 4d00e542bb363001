import type { ocpi230 } from '@interwatt/protocol'
import { isoOfS } from '../world/clock.js'
import { authorLedger, bookedWh, type Ledger, periodsOf } from '../world/ledger.js'
import type { Connector } from '../world/power.js'
import type { Evse, Location } from '../world/site.js'

export type Session = ocpi230.Session
export type CDR = ocpi230.CDR
export type CdrToken = ocpi230.CDR['cdr_token']

/** A party by its ids. */
export interface Party {
  readonly countryCode: string
  readonly partyId: string
}

/** A party as people write it, such as `NL*IWM`. */
export const labelOf = ({ countryCode, partyId }: Party): string => `${countryCode}*${partyId}`

/** Whether the driver of a CDR is a customer of the party. */
export const isOf = ({ cdr_token }: CDR, { countryCode, partyId }: Party): boolean =>
  cdr_token.country_code === countryCode && cdr_token.party_id === partyId

/** What does not change during a session. */
export interface SessionFacts {
  readonly party: Party
  readonly id: string
  readonly location: Location
  readonly evse: Evse
  readonly connector: Connector
  readonly token: CdrToken
  readonly authMethod: Session['auth_method']
  readonly authorizationReference: string | undefined
}

const optional = <K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } => {
  const result: { [key in K]?: V } = {}
  if (value !== undefined) result[key] = value
  return result
}

export interface SessionState {
  readonly status: Session['status']
  readonly startS: number
  readonly endS: number | undefined
  readonly ledger: Ledger
  readonly lastUpdated: string
}

/** The Session as it is now; while it runs only closed periods are told, so that later states only append. */
export const sessionDocument = (facts: SessionFacts, state: SessionState): Session => {
  const authored = authorLedger(state.ledger)
  const periods = authored?.charging_periods ?? periodsOf(state.ledger)
  const told = state.endS === undefined ? periods.slice(0, -1) : periods
  return {
    country_code: facts.party.countryCode,
    party_id: facts.party.partyId,
    id: facts.id,
    start_date_time: isoOfS(state.startS),
    ...optional('end_date_time', state.endS === undefined ? undefined : isoOfS(state.endS)),
    kwh: bookedWh(state.ledger) / 1000,
    cdr_token: facts.token,
    auth_method: facts.authMethod,
    ...optional('authorization_reference', facts.authorizationReference),
    location_id: facts.location.id,
    evse_uid: facts.evse.uid,
    connector_id: facts.connector.id,
    currency: state.ledger.tariff.currency,
    charging_periods: told,
    ...optional('total_cost', authored?.total_cost),
    status: state.status,
    last_updated: state.lastUpdated,
  }
}

const cut = (text: string, max: number): string => [...text].slice(0, max).join('')

const cdrLocation = (facts: SessionFacts, used: boolean): CDR['cdr_location'] => {
  const { location, evse, connector } = facts
  return {
    id: location.id,
    ...optional('name', location.name),
    address: cut(location.address, 45),
    city: location.city,
    ...optional('postal_code', location.postal_code),
    ...optional('state', location.state === undefined ? undefined : cut(location.state, 20)),
    country: location.country,
    coordinates: location.coordinates,
    evse_uid: used ? evse.uid : '#NA',
    evse_id: used ? (evse.evse_id ?? evse.uid) : '#NA',
    connector_id: used ? connector.id : '#NA',
    connector_standard: connector.standard,
    connector_format: connector.format,
    connector_power_type: connector.power_type,
  }
}

/**
 * The CDR of a finished session (CDR-030 to CDR-060); undefined when there are no periods or no price. An expired
 * reservation has neither session id nor EVSE.
 */
export const cdrDocument = (facts: SessionFacts, id: string, state: SessionState): CDR | undefined => {
  const authored = authorLedger(state.ledger)
  if (authored === undefined) return undefined
  const used = state.ledger.expiredS === undefined
  return {
    country_code: facts.party.countryCode,
    party_id: facts.party.partyId,
    id,
    ...optional('session_id', used ? facts.id : undefined),
    cdr_token: facts.token,
    auth_method: facts.authMethod,
    ...optional('authorization_reference', facts.authorizationReference),
    cdr_location: cdrLocation(facts, used),
    ...authored,
    // Who pays without a contract gets the invoice of the CPO (PAY-025).
    ...optional(
      'invoice_reference_id',
      facts.token.type === 'AD_HOC_USER' ? id.replace(/^cdr-/, 'inv-') : undefined,
    ),
    last_updated: state.lastUpdated,
  }
}
