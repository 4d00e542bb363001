/** Ways of asking the engine under test what a peer computes: the same pair, changed until both read it alike. */

const mapElements = (pair, change) => ({
  ...pair,
  tariff: { ...pair.tariff, elements: pair.tariff.elements.flatMap(change) },
})

/** Elements whose restrictions are of a shape the peer never finds to hold. */
export const without = (never) => (pair) =>
  mapElements(pair, (element) =>
    element.restrictions !== undefined && never(element.restrictions) ? [] : [element],
  )

const FLOWS = ['MIN_POWER', 'MAX_POWER', 'MIN_CURRENT', 'MAX_CURRENT']

/** Power and current of each period as the peer takes them: `read` gets what was told, by name, and gives the same. */
export const flowsAs = (read) => (pair) => ({
  ...pair,
  session: {
    ...pair.session,
    charging_periods: pair.session.charging_periods.map((period) => {
      const told = Object.fromEntries(period.dimensions.map(({ type, volume }) => [type, volume]))
      const others = period.dimensions.filter(({ type }) => !FLOWS.includes(type))
      const taken = Object.entries(read(told)).map(([type, volume]) => ({ type, volume }))
      return { ...period, dimensions: [...others, ...taken] }
    }),
  },
})

/** The least that can be counted wherever nothing was charged, so that it has a price and none that shows. */
export const zeroesAsVolumes = (pair) => ({
  ...pair,
  session: {
    ...pair.session,
    charging_periods: pair.session.charging_periods.map((period) => ({
      ...period,
      dimensions: period.dimensions.map((one) =>
        one.volume === 0 && !FLOWS.includes(one.type) ? { ...one, volume: 1e-9 } : one,
      ),
    })),
  },
})

const withoutFees = (of) => (pair) =>
  mapElements(pair, (element) => {
    if (!of(element.restrictions?.reservation)) return [element]
    const kept = element.price_components.filter(({ type }) => type !== 'FLAT')
    return kept.length === 0 ? [] : [{ ...element, price_components: kept }]
  })

export const withoutReservationFees = withoutFees((reservation) => reservation !== undefined)
export const withoutSessionFees = withoutFees((reservation) => reservation === undefined)

const isReserved = ({ dimensions }) => dimensions.some(({ type }) => type === 'RESERVATION_TIME')

export const reserves = ({ session }) => session.charging_periods.some(isReserved)

/** Reserved periods that count as periods of the session as well: nothing was charged in them. */
export const reservationAsSession = (pair) => ({
  ...pair,
  session: {
    ...pair.session,
    charging_periods: pair.session.charging_periods.map((period) =>
      isReserved(period)
        ? { ...period, dimensions: [...period.dimensions, { type: 'ENERGY', volume: 0 }] }
        : period,
    ),
  },
})

/** The most one step of time, or of energy, can cost in this tariff, tax included. */
export const oneStep = ({ tariff }, types) =>
  tariff.elements
    .flatMap(({ price_components }) => price_components)
    .filter(({ type }) => types.includes(type))
    .reduce((most, { type, price, vat = 0, step_size }) => {
      const unit = type === 'ENERGY' ? 1000 : 3600
      return Math.max(most, ((price * Math.max(1, step_size)) / unit) * (1 + vat / 100))
    }, 0)
