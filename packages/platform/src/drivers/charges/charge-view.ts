import { type Explanation, isExplanation, sentences, sentencesText } from '@interwatt/pricing'
import { isJsonObject } from '@interwatt/protocol'
import type { ChargeReading, Document, DriverLanguage } from '@interwatt/store'
import { explainProblem } from '../../conversation/why/explain-problem.js'
import type { StartExplanation } from '../../conversation/why/start.rules.js'
import type { StartCode } from '../../conversation/why/start-codes.js'
import { findConnector } from '../../modules/locations/plan-connector.js'
import { moneyTextOf, payableOf } from '../money.js'
import { inLanguage, instantOf, textOf } from '../stations/document-parts.js'
import { connectorView } from '../stations/station-view.js'
import { type ChargeState, isOver } from './charge-state.rules.js'
import { type ExactPrice, kwhText, moneyOf, priceIn, whOf } from './exact-price.js'
import type { GatheredCharge } from './gather.js'
import { durationOf, powerCurve } from './live.rules.js'
import { chargeWords, reasonWords, startReason } from './words/charge-words.js'

/** A charge as the app gets it. */
export type ChargeView = ReturnType<typeof viewCharge>

/** How a charge is shown. */
export interface ChargeShowing {
  readonly language: DriverLanguage
  readonly readings: readonly ChargeReading[]
  /** What was found out about a charge that failed. */
  readonly why: StartExplanation | undefined
}

const documentOf = (value: unknown): Document => (isJsonObject(value) ? { ...value } : {})

/** Identity, name and place of the station of a charge, as it is stored or as the CDR tells it. */
export const chargeStation = ({ charge, place }: GatheredCharge) => {
  const location = place.location ?? {}
  return {
    country_code: charge.party.countryCode,
    party_id: charge.party.partyId,
    id: textOf(location.id) ?? place.locationId,
    name: textOf(location.name) ?? textOf(location.address) ?? place.locationId,
    address: textOf(location.address),
    postal_code: textOf(location.postal_code),
    city: textOf(location.city),
    operator:
      textOf(documentOf(location.operator).name) ?? `${charge.party.countryCode}*${charge.party.partyId}`,
    help_phone: textOf(location.help_phone),
  }
}

/** The EVSE of a charge, as it is stored or as the CDR tells it. */
export const chargeEvse = ({ place, cdr }: GatheredCharge) => {
  const told = documentOf(cdr?.document.cdr_location)
  if (place.evseUid === null) return null
  return {
    uid: textOf(place.evse?.uid) ?? place.evseUid,
    evse_id: textOf(place.evse?.evse_id) ?? textOf(told.evse_id),
    physical_reference: textOf(place.evse?.physical_reference),
  }
}

/** The connector of a charge, as it is stored or as the CDR tells it. */
export const chargeConnector = ({ place, cdr }: GatheredCharge) => {
  const { evse, connectorId } = place
  const known = evse === undefined || connectorId === null ? undefined : findConnector(evse, connectorId)
  if (known !== undefined) return connectorView({ ...known })
  if (connectorId === null) return null
  const told = documentOf(cdr?.document.cdr_location)
  return connectorView({
    id: connectorId,
    standard: told.connector_standard,
    format: told.connector_format,
    power_type: told.connector_power_type,
  })
}

const explanationOf = ({ cost }: GatheredCharge): Explanation | undefined =>
  cost !== undefined && cost.cost.outcome === 'priced' && isExplanation(cost.cost) ? cost.cost : undefined

const NO_COST = { cost: null, cost_includes_tax: false, cost_lines: [], cost_text: null } as const

/**
 * What the operator says that a session costs so far, where its clock is another one: then nobody here can tell how long it lasts, and
 * prices that depend on the time would be those of another time.
 */
const statedCost = ({ charge, session }: GatheredCharge) => {
  const price = charge.sharesClock === true ? undefined : priceIn(session?.document.total_cost)
  return price === undefined
    ? undefined
    : {
        cost: moneyOf(price.total, String(session?.document.currency)),
        cost_includes_tax: price.taxes.length > 0,
      }
}

/** The cost so far, by our prices; of a finished charge, what the CDR says. */
const costView = (gathered: GatheredCharge, language: DriverLanguage) => {
  const { cdr, cdrs } = gathered
  if (cdr !== undefined) {
    const price: ExactPrice | undefined = priceIn(cdr.document.total_cost)
    const cost = price === undefined ? null : moneyOf(price.total, String(cdr.document.currency))
    return { ...NO_COST, cost, cost_includes_tax: price !== undefined && price.taxes.length > 0 }
  }
  if (cdrs.length > 0) return { ...NO_COST, cost: moneyTextOf(0, String(cdrs.at(-1)?.document.currency)) }
  const explanation = explanationOf(gathered)
  const payable = explanation === undefined ? undefined : payableOf(explanation.total)
  const stated = statedCost(gathered)
  const isOurs =
    stated === undefined ||
    (payable !== undefined && stated.cost.amount === moneyTextOf(payable, stated.cost.currency).amount)
  if (!isOurs) return { ...NO_COST, ...stated }
  if (explanation === undefined || payable === undefined) return NO_COST
  const words = sentences(explanation, language)
  return {
    cost: moneyTextOf(payable, explanation.currency),
    cost_includes_tax: explanation.total.after_taxes !== undefined,
    cost_lines: words.lines.map(({ text, amount = null, because }) => ({ text, amount, because })),
    cost_text: sentencesText(words),
  }
}

const saidBy = (
  { command, stopCommand, charge }: GatheredCharge,
  language: DriverLanguage,
): string | null => {
  const message = charge.stop === null ? command?.message : stopCommand?.message
  return inLanguage(message, language)
}

/** Why nothing was sent, by the problem that was kept. */
const refusalCode = ({ status, title, detail }: Document): StartCode =>
  explainProblem({ status: Number(status), title: String(title), detail: String(detail) }).code

const viewedReason = (words: ReturnType<typeof reasonWords>, operatorSays: string | null) => ({
  code: words.code,
  text: words.text,
  what_to_do: words.whatToDo,
  operator_says: operatorSays,
})

/** Why the charge stands where it does: as it was found out for it alone, else by what its command and session say. */
const reasonView = (gathered: GatheredCharge, { language, why }: ChargeShowing) => {
  const { state, charge } = gathered
  const says = saidBy(gathered, language)
  if (why !== undefined)
    return viewedReason({ code: why.code, text: why.text[language], whatToDo: why.whatToDo[language] }, says)
  if (state.reason === null) return null
  if (charge.failure !== null && state.reason !== 'not_sent')
    return viewedReason(startReason(refusalCode(charge.failure), language), null)
  return viewedReason(reasonWords(state.reason, language), says)
}

/** The state of charge that the session tells, else what follows from the car and the energy; null where neither is known. */
const percentView = ({ charge, session, cdr }: GatheredCharge) => {
  const periods = session?.document.charging_periods
  const last: unknown = Array.isArray(periods) ? periods.at(-1) : undefined
  const dimensions: unknown = isJsonObject(last) ? last.dimensions : undefined
  const told = Array.isArray(dimensions)
    ? dimensions.find((one) => isJsonObject(one) && one.type === 'STATE_OF_CHARGE')
    : undefined
  const wish = charge.wish ?? {}
  const target = typeof wish.to_percent === 'number' ? wish.to_percent : null
  if (isJsonObject(told) && typeof told.volume === 'number')
    return { now: Math.min(100, Math.max(0, Math.floor(told.volume))), target, is_estimate: false }
  const batteryWh = whOf(Number(wish.battery_kwh))
  const wh = whOf(cdr?.document.total_energy ?? session?.document.kwh)
  if (typeof wish.from_percent !== 'number' || batteryWh === null || batteryWh <= 0 || wh === null)
    return null
  const now = Math.min(100, Math.floor(wish.from_percent + (100 * wh) / batteryWh))
  return { now, target, is_estimate: true }
}

const preferencesView = ({ charge }: GatheredCharge, language: DriverLanguage) => {
  if (charge.preferences === null) return null
  const { asked, response, at, failure } = charge.preferences
  const texts: Readonly<Record<string, string>> = chargeWords[language].preferences
  const text = texts[String(response)] ?? null
  return {
    ...documentOf(asked),
    response: textOf(response),
    text,
    at: textOf(at),
    failed: isJsonObject(failure),
  }
}

const updatedAt = ({ charge, command, session, cdrs }: GatheredCharge): string => {
  const times = [charge.askedAt, command?.finishedAt, session?.lastUpdated, cdrs.at(-1)?.lastUpdated]
  return (
    times
      .filter((time) => typeof time === 'string')
      .toSorted()
      .at(-1) ?? charge.askedAt
  )
}

const hasCapability = ({ place }: GatheredCharge, capability: string): boolean =>
  Array.isArray(place.evse?.capabilities) && place.evse.capabilities.includes(capability)

const RUNNING: readonly ChargeState[] = ['charging', 'paused', 'waiting_for_cable']

const idOf = (
  object:
    | { readonly key: { countryCode: string; partyId: string; id: string }; document: Document }
    | undefined,
) =>
  object === undefined
    ? null
    : {
        country_code: object.key.countryCode,
        party_id: object.key.partyId,
        id: textOf(object.document.id) ?? object.key.id,
      }

const timesView = ({ charge, session, cdr, cdrs }: GatheredCharge) => {
  const told = (cdr ?? cdrs.at(-1))?.document ?? session?.document
  const hasBegun = told !== undefined && told.status !== 'PENDING' && told.status !== 'RESERVATION'
  return {
    asked_at: charge.means === 'app' && charge.locationId !== null ? charge.askedAt : null,
    started_at: hasBegun ? instantOf(told.start_date_time) : null,
    ended_at: instantOf(told?.end_date_time),
    duration_s: told === undefined || !hasBegun ? null : durationOf(told, charge.sharesClock),
  }
}

const meterView = ({ charge, session, cdr, state }: GatheredCharge, readings: readonly ChargeReading[]) => {
  const kwh = cdr === undefined ? session?.document.kwh : cdr.document.total_energy
  const power = session === undefined ? [] : powerCurve(session.document, readings, charge.sharesClock)
  const isLive = state.state === 'charging' || state.state === 'stopping'
  const w = isLive ? (power.at(-1)?.w ?? null) : state.state === 'paused' ? 0 : null
  return { energy_kwh: kwhText(kwh), energy_wh: whOf(kwh), power_w: w, power }
}

/** A charge in the words of a language. */
export const viewCharge = (gathered: GatheredCharge, showing: ChargeShowing) => {
  const { language, readings } = showing
  const { charge, session, cdr, cdrs, state } = gathered
  const isRunning = session !== undefined && RUNNING.includes(state.state)
  return {
    id: charge.id,
    means: charge.means,
    state: state.state,
    state_text: chargeWords[language].states[state.state],
    reason: reasonView(gathered, showing),
    is_over: isOver(state),
    station: chargeStation(gathered),
    evse: chargeEvse(gathered),
    connector: chargeConnector(gathered),
    ...timesView(gathered),
    ...meterView(gathered, readings),
    ...costView(gathered, language),
    percent: percentView(gathered),
    wish: charge.wish,
    quote: charge.quote,
    preferences: preferencesView(gathered, language),
    can_stop: isRunning,
    can_prefer: isRunning && hasCapability(gathered, 'CHARGING_PREFERENCES_CAPABLE'),
    updated_at: updatedAt(gathered),
    session: idOf(session),
    cdr: idOf(cdr ?? cdrs.at(-1)),
    receipt: cdrs.length > 0,
  }
}
