import { flowsAs, oneStep, without, zeroesAsVolumes } from './changes.js'

const within = (distance) => (ours, theirs) =>
  (theirs === undefined && ours === undefined) ||
  (theirs !== undefined && ours !== undefined && Math.abs(Number(ours) - Number(theirs)) <= distance + 1e-9)

/** ocpi-tariffs shows four decimals, halves to the even one: a ten-thousandth apart is the same amount. */
const SAME = 0.0001

/** How its answers are compared, and what is known to differ. Each has a count in RESULTS.md. */
export const tandem = {
  agree: (ours, theirs, slack = 0) =>
    within(SAME + slack)(ours.net, theirs.net) && within(SAME + slack)(ours.gross, theirs.gross),
  explanations: [
    {
      name: 'time_step=parking',
      sort: 'policy',
      why: 'rounds parking up whenever any is priced, also when charging follows',
      policy: { time_step: 'parking' },
    },
    {
      name: 'step_base=all',
      sort: 'policy',
      why: 'counts volumes without a price when it rounds up (E-14c)',
      policy: { step_base: 'all' },
    },
    {
      name: 'limit_without_gross=leave',
      sort: 'policy',
      why: 'a limit stated before taxes only leaves the side after taxes',
      policy: { limit_without_gross: 'leave' },
    },
    {
      name: 'min_power and min_current ask the highest value, max_ the lowest; nothing told holds',
      sort: 'deviation',
      why: 'a bound counts as reached when the flow reached it at any moment of the period, and no average is computed',
      change: flowsAs((told) => ({
        MIN_POWER: told.MAX_POWER ?? 1e6,
        MAX_POWER: told.MIN_POWER ?? -1e6,
        MIN_CURRENT: told.MAX_CURRENT ?? 1e6,
        MAX_CURRENT: told.MIN_CURRENT ?? -1e6,
      })),
    },
    {
      name: 'a window that starts when it ends never holds',
      sort: 'deviation',
      why: 'start and end are two bounds; the text says nothing, and a whole day is meant',
      change: without(
        ({ start_time, end_time }) => start_time === end_time && (end_time ?? '00:00') !== '00:00',
      ),
    },
    {
      name: 'a volume of 0 counts as the one priced last',
      sort: 'deviation',
      why: 'the difference of a step goes to a period in which nothing was charged',
      change: zeroesAsVolumes,
    },
    {
      name: 'no total at all where nothing has a price',
      sort: 'deviation',
      why: 'a session without any price costs nothing (TAR-032); a total of none is not told from one of nothing',
      after: (ours, theirs) =>
        theirs.net === undefined && Number(ours.net) === 0
          ? { ...ours, net: undefined, gross: undefined }
          : ours,
    },
    {
      name: 'the side after taxes is left out when a minimum would make a negative tax',
      sort: 'deviation',
      why: 'a minimum without its side after taxes, above what the session costs after them',
      applies: ({ tariff }) => tariff.min_price !== undefined && tariff.min_price.after_taxes === undefined,
      after: (ours, theirs) => (theirs.gross === undefined ? { ...ours, gross: undefined } : ours),
    },
    {
      name: 'hours of four decimals are not cleaned before a step',
      sort: 'deviation',
      why: '0.36 s of rounding fill another step when a period has charging and parking time',
      applies: ({ rough }) => rough,
      slack: (pair) => oneStep(pair, ['TIME', 'PARKING_TIME']),
    },
  ],
}
