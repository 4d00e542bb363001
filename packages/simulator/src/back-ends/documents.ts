import type { ocpi230 } from '@interwatt/protocol'
import { type Amount, toPrice } from '../pricing/amounts.js'
import { type PriceOutcome, priceSession } from '../pricing/price-session.js'
import { isoOfS } from '../world/clock.js'
import { bookedWh, hoursIn, type Ledger, periodDocuments } from '../world/ledger.js'
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

/** The price of everything in the ledger, as if the session ended at its last instant. */
export const priceLedger = (ledger: Ledger, reservation: 'none' | 'used' | 'expired'): PriceOutcome =>
  priceSession({
    tariffs: [ledger.tariff],
    periods: periodDocuments(ledger),
    endDateTime: isoOfS(ledger.periods.at(-1)?.endS ?? ledger.startS),
    timeZone: ledger.timeZone,
    reservation,
  })

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
  readonly reservation: 'none' | 'used' | 'expired'
  readonly lastUpdated: string
}

/** The Session as it is now; while it runs only closed periods are told, so that later states only append. */
export const sessionDocument = (facts: SessionFacts, state: SessionState): Session => {
  const periods = periodDocuments(state.ledger)
  const price = periods.length === 0 ? undefined : priceLedger(state.ledger, state.reservation)
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
    ...optional('total_cost', price?.kind === 'priced' ? toPrice(price.total, price.currency) : undefined),
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

/** The part's Price where the part was priced at all. */
const part = (amount: Amount, currency: string) =>
  amount.net === undefined || amount.net.numerator === 0n ? undefined : toPrice(amount, currency)

/**
 * The CDR of a finished session (CDR-030 to CDR-060); undefined when there are no periods or no price. An expired
 * reservation has neither session id nor EVSE.
 */
export const cdrDocument = (facts: SessionFacts, id: string, state: SessionState): CDR | undefined => {
  const { ledger } = state
  const price = priceLedger(ledger, state.reservation)
  const first = ledger.periods[0]
  const last = ledger.periods.at(-1)
  if (first === undefined || last === undefined || price.kind !== 'priced') return undefined
  const total = toPrice(price.total, price.currency)
  if (total === undefined) return undefined
  const used = state.reservation !== 'expired'
  return {
    country_code: facts.party.countryCode,
    party_id: facts.party.partyId,
    id,
    start_date_time: isoOfS(first.startS),
    end_date_time: isoOfS(last.endS),
    ...optional('session_id', used ? facts.id : undefined),
    cdr_token: facts.token,
    auth_method: facts.authMethod,
    ...optional('authorization_reference', facts.authorizationReference),
    cdr_location: cdrLocation(facts, used),
    currency: price.currency,
    tariffs: [ledger.tariff],
    charging_periods: periodDocuments(ledger),
    total_cost: total,
    ...optional('total_fixed_cost', part(price.fixed, price.currency)),
    total_energy: bookedWh(ledger) / 1000,
    ...optional('total_energy_cost', part(price.energy, price.currency)),
    total_time: hoursIn(ledger, 'charging', 'parking'),
    ...optional('total_time_cost', part(price.time, price.currency)),
    total_parking_time: hoursIn(ledger, 'parking'),
    ...optional('total_parking_cost', part(price.parking, price.currency)),
    ...optional('total_reservation_cost', part(price.reservation, price.currency)),
    // Who pays without a contract gets the invoice of the CPO (PAY-025).
    ...optional(
      'invoice_reference_id',
      facts.token.type === 'AD_HOC_USER' ? id.replace(/^cdr-/, 'inv-') : undefined,
    ),
    last_updated: state.lastUpdated,
  }
}
