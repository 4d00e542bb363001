/** What drivers report problems about. What each is called is up to the app, in its language. */
export const reportKinds = [
  'could_not_start',
  'could_not_stop',
  'stopped_early',
  'station_broken',
  'place_blocked',
  'wrong_place',
  'wrong_price',
  'card',
  'app',
  'other',
] as const

/** One of them. */
export type ReportKind = (typeof reportKinds)[number]
