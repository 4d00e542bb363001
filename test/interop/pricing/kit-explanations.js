import {
  flowsAs,
  oneStep,
  reservationAsSession,
  reserves,
  without,
  withoutReservationFees,
  withoutSessionFees,
} from './changes.js'
import { price } from './ours.js'

const near = (ours, theirs, distance) =>
  ours !== undefined && Math.abs(Number(ours) - Number(theirs)) <= distance + 1e-9

const limited = ({ tariff }) => tariff.min_price !== undefined || tariff.max_price !== undefined

/** Periods × dimensions, each rounded to four decimals, net and tax. */
const roundings = ({ session }) => session.charging_periods.length * 4 * 2 * 0.000_05

const clamp = (value, min, max) => Math.min(Math.max(value, min ?? value), max ?? Number.POSITIVE_INFINITY)

const ratesOf = ({ elements }) =>
  elements.flatMap(({ price_components }) =>
    price_components.flatMap(({ vat }) => (vat === undefined ? [] : [vat])),
  )

/** By how much a minimum multiplies a total, and with it what was rounded before. */
const moved = (pair) => {
  const least = pair.tariff.min_price?.before_taxes
  if (least === undefined) return 1
  const { min_price: _, max_price: __, ...unlimited } = pair.tariff
  const { net } = price({ ...pair, tariff: unlimited })
  return net === undefined || Number(net) <= 0 ? 1 : Math.max(1, least / Number(net))
}

/** How the answers of ocpi-kit are compared, and what is known to differ. Each has a count in RESULTS.md. */
export const kit = {
  agree: (ours, theirs, slack = 0) =>
    slack > 0
      ? near(ours.net, theirs.net, slack) && near(ours.gross, theirs.gross, slack)
      : Number(ours.netCents) === Number(theirs.net) && Number(ours.grossCents) === Number(theirs.gross),
  explanations: [
    {
      name: 'time_step=parking',
      sort: 'policy',
      why: 'rounds parking up whenever any is priced, also when charging follows',
      policy: { time_step: 'parking' },
    },
    {
      name: 'each period is rounded to four decimals before it is added',
      sort: 'deviation',
      why: 'component_decimals; cents differ where the sum lies within those roundings of half a cent',
      slack: (pair) => 0.005 + roundings(pair) * moved(pair),
    },
    {
      name: 'min_power and min_current ask the highest value, max_ the lowest; nothing told does not hold',
      sort: 'deviation',
      why: 'a bound counts as reached when the flow reached it at any moment of the period, and no average is computed',
      change: flowsAs((told) => ({
        MIN_POWER: told.MAX_POWER ?? told.MIN_POWER ?? -1e6,
        MAX_POWER: told.MIN_POWER ?? told.MAX_POWER ?? 1e6,
        MIN_CURRENT: told.MAX_CURRENT ?? told.MIN_CURRENT ?? -1e6,
        MAX_CURRENT: told.MIN_CURRENT ?? told.MAX_CURRENT ?? 1e6,
      })),
    },
    {
      name: 'the session begins with its reservation: durations, and fees of ordinary elements',
      sort: 'deviation',
      why: 'reserved time is priced by reservation elements only (4.8)',
      applies: reserves,
      change: reservationAsSession,
    },
    {
      name: 'one fee for session and reservation together: that of the session',
      sort: 'deviation',
      why: 'E-16 has both',
      applies: reserves,
      change: withoutReservationFees,
    },
    {
      name: 'one fee for session and reservation together: that of the reservation',
      sort: 'deviation',
      why: 'E-16 has both',
      applies: reserves,
      change: withoutSessionFees,
    },
    {
      name: 'end_time 00:00 without start_time never holds',
      sort: 'deviation',
      why: '00:00 is taken as the start of the day',
      change: without(({ start_time, end_time }) => end_time === '00:00' && start_time === undefined),
    },
    {
      name: 'reserved time shares the rounding of charging time',
      sort: 'deviation',
      why: 'E-16 and E-17a round the reservation although charging follows',
      applies: reserves,
      slack: (pair) => 0.005 + roundings(pair) + 2 * oneStep(pair, ['TIME', 'PARKING_TIME']),
    },
    {
      name: 'a limit before taxes moves the side after taxes in proportion although it has a limit of its own',
      sort: 'deviation',
      why: 'the text has two independent rules',
      applies: limited,
      change: (pair) => {
        const bare = (limit) => limit && { before_taxes: limit.before_taxes }
        const { min_price, max_price } = pair.tariff
        const moved = { min_price: bare(min_price), max_price: bare(max_price) }
        return { ...pair, tariff: { ...pair.tariff, ...moved } }
      },
      after: (ours, _theirs, { tariff }) => {
        const least = tariff.min_price?.after_taxes
        const most = tariff.max_price?.after_taxes
        const gross = (value) => (value === undefined ? undefined : String(clamp(Number(value), least, most)))
        return { ...ours, gross: gross(ours.gross), grossCents: gross(ours.grossCents) }
      },
    },
    {
      name: 'a minimum for a session without any cost is taxed at the only rate of the tariff',
      sort: 'deviation',
      why: 'nothing was sold at that rate; the limit says nothing of tax, or something else',
      applies: ({ tariff }) => tariff.min_price !== undefined && tariff.tax_included === 'NO',
      after: (ours, _theirs, { tariff }) => {
        const rates = new Set(ratesOf(tariff))
        if (rates.size !== 1) return ours
        const taxed = Math.round(Number(ours.netCents) * (100 + [...rates][0])) / 100
        const gross = String(clamp(taxed, tariff.min_price.after_taxes, tariff.max_price?.after_taxes))
        return { ...ours, gross, grossCents: gross }
      },
    },
    {
      name: 'hours are taken as stated, not as the time stamps say',
      sort: 'deviation',
      why: 'four decimals of an hour are 0.36 s, which can fill another step',
      applies: ({ rough }) => rough,
      slack: (pair) => 0.01 + roundings(pair) + oneStep(pair, ['TIME', 'PARKING_TIME']),
    },
  ],
}
