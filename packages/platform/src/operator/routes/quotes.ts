import {
  type ComparedQuote,
  type EnergyGoal,
  type PlannedVehicle,
  quoteReport,
  type Unknowns,
} from '@interwatt/pricing'
import { partyOf } from '@interwatt/protocol'
import type { FastifyInstance } from 'fastify'
import { type ChargeWish, type NoOffer, type Offer, quoteOffers } from '../../prices/offers.js'
import type { PriceService } from '../../prices/price-service.js'
import { instantOf } from '../instants.js'
import { policyOf, timeZoneOption } from '../price-schemas.js'
import { wordsOf } from '../price-words.js'
import { ProblemError, problem } from '../problem.js'
import {
  MOST_PLACES_UNKNOWN,
  quotesAnswer,
  quotesBody,
  type WirePlace,
  type WireQuotes,
} from '../quote-schemas.js'
import { tariffsOf } from '../sent-documents.js'

const wrong = (detail: string): ProblemError => new ProblemError(problem(400, detail))

const goalOf = ({ kwh, from_percent, to_percent }: WireQuotes['energy']): EnergyGoal => {
  if (kwh !== undefined && to_percent === undefined)
    return { kwh, ...(from_percent === undefined ? {} : { fromPercent: from_percent }) }
  if (kwh === undefined && from_percent !== undefined && to_percent !== undefined)
    return { fromPercent: from_percent, toPercent: to_percent }
  throw wrong('energy is either kwh, or from_percent and to_percent.')
}

const vehicleOf = (vehicle: NonNullable<WireQuotes['vehicle']>): PlannedVehicle => {
  const { battery_kwh, max_ac_kw, max_dc_kw, curve, efficiency_percent } = vehicle
  return {
    ...(battery_kwh === undefined ? {} : { batteryKwh: battery_kwh }),
    ...(max_ac_kw === undefined ? {} : { maxAcKw: max_ac_kw }),
    ...(max_dc_kw === undefined ? {} : { maxDcKw: max_dc_kw }),
    ...(curve === undefined ? {} : { curve }),
    ...(efficiency_percent === undefined ? {} : { efficiencyPercent: efficiency_percent }),
  }
}

const unknownOf = (unknown: NonNullable<WireQuotes['unknown']>): Unknowns => {
  const { power_percent, parking_minutes, start_delay_minutes } = unknown
  return {
    ...(power_percent === undefined ? {} : { powerPercent: power_percent }),
    ...(parking_minutes === undefined ? {} : { parkingMinutes: parking_minutes }),
    ...(start_delay_minutes === undefined ? {} : { startDelayMinutes: start_delay_minutes }),
  }
}

const wishOf = (body: WireQuotes): ChargeWish => {
  const { vehicle, unknown, type, parking_minutes, reserved_minutes } = body
  return {
    start: instantOf('start', body.start),
    energy: goalOf(body.energy),
    policy: policyOf(body.policy),
    ...timeZoneOption(body.time_zone),
    ...(type === undefined ? {} : { type }),
    ...(vehicle === undefined ? {} : { vehicle: vehicleOf(vehicle) }),
    ...(unknown === undefined ? {} : { unknown: unknownOf(unknown) }),
    ...(parking_minutes === undefined ? {} : { parkingMinutes: parking_minutes }),
    ...(reserved_minutes === undefined ? {} : { reservedMinutes: reserved_minutes }),
  }
}

/** What is offered where; `place` is null for tariffs that were sent along. */
interface Asked {
  readonly place: WirePlace | null
  readonly offered: { readonly kind: 'offer'; readonly offer: Offer } | ({ readonly kind: 'none' } & NoOffer)
}

const sentAlong = ({ tariffs = [], connector, version }: WireQuotes): Asked => {
  if (connector === undefined) throw wrong('tariffs need a connector: max_power_kw and power_type.')
  const read = tariffsOf(tariffs)
  const { max_power_kw: maxPowerKw, power_type: powerType, voltage } = connector
  const known = version ?? read[0]?.version
  const offer: Offer = {
    tariffs: read.map(({ value }) => value),
    connector: { maxPowerKw, powerType, ...(voltage === undefined ? {} : { voltage }) },
    ...(known === undefined ? {} : { version: known }),
  }
  return { place: null, offered: { kind: 'offer', offer } }
}

const askedFor = async (prices: PriceService, body: WireQuotes, start: string): Promise<readonly Asked[]> => {
  const { places, tariffs, connector } = body
  if ((places === undefined) === (tariffs === undefined))
    throw wrong('Name either places, or tariffs and their connector.')
  if (places === undefined) return [sentAlong(body)]
  if (connector !== undefined) throw wrong('A connector goes with tariffs; places have their own.')
  if (body.unknown !== undefined && places.length > MOST_PLACES_UNKNOWN)
    throw wrong(`With unknown, at most ${MOST_PLACES_UNKNOWN} places.`)
  const addresses = places.map(({ country_code, party_id, location_id, evse_uid, connector_id }) => ({
    owner: partyOf(country_code, party_id),
    location: location_id,
    evse: evse_uid,
    connector: connector_id,
  }))
  const offers = await prices.offers(addresses, start)
  return places.flatMap((place, index) => {
    const offered = offers[index]
    return offered === undefined ? [] : [{ place, offered }]
  })
}

const viewQuote = (place: WirePlace | null, { quote, dearerBy }: ComparedQuote, body: WireQuotes) => {
  const { country_code, party_id, id, type } = quote.tariff
  return {
    place,
    tariff: { country_code, party_id, id, type: type ?? null },
    ...quoteReport(quote),
    dearer_by: dearerBy ?? null,
    ...wordsOf(quote.explanation, body.language),
  }
}

const answer = async (prices: PriceService, body: WireQuotes) => {
  const wish = wishOf(body)
  const asked = await askedFor(prices, body, wish.start)
  const placeOf = (id: string): WirePlace | null => asked[Number(id)]?.place ?? null
  const offers = asked.flatMap(({ offered }, index) =>
    offered.kind === 'offer' ? [{ id: String(index), offer: offered.offer }] : [],
  )
  const { quotes, refused } = await quoteOffers(wish, offers)
  const [first] = refused
  const isImpossible = refused.every(({ refusal }) => refusal.code === 'plan-impossible')
  if (quotes.length === 0 && first !== undefined && isImpossible)
    throw new ProblemError(problem(422, `This cannot be charged: ${first.refusal.message}.`))
  return {
    quotes: quotes.map((one) => viewQuote(placeOf(one.id), one, body)),
    refused: [
      ...refused.map(({ id, refusal: { code, message } }) => ({ place: placeOf(id), code, message })),
      ...asked.flatMap(({ place, offered }) =>
        offered.kind === 'none' ? [{ place, code: offered.code, message: offered.message }] : [],
      ),
    ],
  }
}

/** What a planned charge would cost, here or there. */
export const quoteRoutes = (scope: FastifyInstance, prices: PriceService): void => {
  scope.post<{ Body: WireQuotes }>(
    '/quotes',
    {
      schema: {
        operationId: 'quote',
        tags: ['Prices'],
        summary:
          'What a planned charge would cost at known connectors or under tariffs that are sent along, cheapest first',
        body: quotesBody,
        response: { 200: quotesAnswer },
      },
    },
    async ({ body }) => answer(prices, body),
  )
}
