import type { ocpi230 } from '@interwatt/protocol'
import type { Explanation } from '../explain/explain.js'
import type { PublishedAmount } from '../publish/publish.js'
import type { Quote } from './quote.js'
import type { QuoteRange, Unknown } from './range.js'

/** A quote as JSON: the explanation of the price, the times, and between which prices it may end. */
export interface QuoteReport extends Explanation {
  readonly tariff_id: string
  /** Ids of tariffs that fit as well. */
  readonly ties: readonly string[]
  readonly starts_at: string
  readonly charged_at: string
  readonly charging_seconds: number
  readonly ends_at: string
  readonly energy_kwh: number
  readonly range: {
    readonly low: PublishedAmount
    readonly high: PublishedAmount
    readonly depends_on: readonly {
      readonly unknown: Unknown
      readonly low: PublishedAmount
      readonly high: PublishedAmount
      readonly low_at: number
      readonly high_at: number
    }[]
    readonly complete: boolean
  }
  readonly charging_periods: readonly ocpi230.ChargingPeriod[]
}

const rangeReport = ({ low, high, dependsOn, complete }: QuoteRange): QuoteReport['range'] => ({
  low,
  high,
  depends_on: dependsOn.map(({ lowAt, highAt, ...one }) => ({ ...one, low_at: lowAt, high_at: highAt })),
  complete,
})

/** The JSON form of a quote. */
export const quoteReport = (quote: Quote): QuoteReport => ({
  tariff_id: quote.tariff.id,
  ties: quote.ties.map(({ id }) => id),
  starts_at: quote.startsAt,
  charged_at: quote.chargedAt,
  charging_seconds: quote.chargingSeconds,
  ends_at: quote.endsAt,
  energy_kwh: quote.energyKwh,
  ...quote.explanation,
  range: rangeReport(quote.range),
  charging_periods: quote.session.charging_periods,
})
