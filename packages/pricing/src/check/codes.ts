/** How much a finding weighs: an `error` keeps a CDR from agreeing, a `warning` should be looked at, an `info` explains. */
export type CheckSeverity = 'error' | 'warning' | 'info'

/** What a code stands for. */
export interface CheckRule {
  readonly severity: CheckSeverity
  /** One sentence for people. */
  readonly meaning: string
  /** Rules of the requirements it comes from. */
  readonly rules: readonly string[]
}

const rule = (severity: CheckSeverity, meaning: string, ...rules: readonly string[]): CheckRule => ({
  severity,
  meaning,
  rules,
})

/** Every finding there can be, in the order of the documentation. The names are stable. */
export const CHECK_CODES = {
  total_differs: rule('error', 'total_cost is not the price of what was measured', 'TAR-084', 'CDR-049'),
  part_differs: rule('error', 'a partial total is not the price of its lines', 'TAR-084', 'CDR-048'),
  tax_differs: rule(
    'error',
    'a tax of total_cost is not that of the lines with its rate',
    'TAR-079',
    'TAR-084',
  ),
  tax_not_stated: rule('warning', 'the tariff has taxes and total_cost names none', 'TAR-079'),
  parts_do_not_add_up: rule(
    'warning',
    'the partial totals do not add up to total_cost, and no limit of the tariff explains it',
    'CDR-048',
  ),
  step_size_per_period: rule(
    'error',
    'rounding every period up to step_size gives exactly the stated total: it is to be done once a session',
    'TAR-075',
    'TAR-077',
    'CDR-047',
  ),
  other_reading: rule('info', 'another reading of the rules gives exactly the stated total', 'TAR-085'),
  missing_border: rule(
    'warning',
    'the price changes inside a period, where a new period should have begun',
    'TAR-055',
    'CDR-034',
  ),
  energy_total_differs: rule('error', 'the energy of the periods does not add up to total_energy', 'CDR-042'),
  time_total_differs: rule(
    'error',
    'total_time is neither the length of the session nor the time of its periods',
    'CDR-042',
  ),
  parking_total_differs: rule(
    'warning',
    'total_parking_time is neither the parking time of the periods nor the time without charging',
    'CDR-045',
  ),
  volume_missing: rule('warning', 'the tariff prices something that no period tells', 'CDR-038'),
  periods_unordered: rule('warning', 'a period starts before the one listed above it', 'CDR-055'),
  periods_overlap: rule(
    'error',
    'a period tells more time than there is until the next one starts',
    'CDR-055',
  ),
  period_outside_session: rule('warning', 'a period starts before the session or after its end', 'CDR-055'),
  session_reversed: rule('error', 'the session ends before it starts', 'CDR-055'),
  duration_impossible: rule('error', 'a period tells more time than the session has left', 'CDR-055'),
  long_session: rule('warning', 'the session lasts more than 24 hours', 'CDR-055'),
  negative_volume: rule('error', 'a duration is negative', 'CDR-055'),
  energy_impossible: rule('error', 'more energy than the connector can deliver in that time', 'CDR-055'),
  session_only_dimension: rule('warning', 'a dimension that belongs to sessions only', 'CDR-036'),
  date_placeholder: rule('warning', 'a time of 1970 stands for one that is not known', 'CDR-054'),
  no_tariff: rule('error', 'the CDR holds no tariff and none is known', 'TAR-054', 'CDR-058'),
  tariff_from_store: rule('info', 'the CDR holds no tariff; the published one was used', 'CDR-058'),
  tariff_not_attached: rule('warning', 'a period names a tariff that the CDR does not hold', 'CDR-037'),
  period_without_tariff: rule('warning', 'the CDR holds several tariffs and a period names none', 'CDR-037'),
  tariff_not_as_published: rule(
    'warning',
    'the tariff in the CDR is not the one that was published when the session started; that of the CDR counts',
    'TAR-054',
    'CDR-058',
  ),
  tariff_not_published: rule('info', 'the tariff in the CDR was never published here', 'TAR-054'),
  currency_differs: rule('error', 'the currency of the CDR is not that of its tariff', 'CDR-060', 'TAR-086'),
  time_zone_missing: rule(
    'error',
    'the tariff asks for local time and the time zone is not known',
    'TAR-051',
  ),
  not_priceable: rule('error', 'the CDR cannot be priced', 'TAR-084'),
  negative_total: rule(
    'error',
    'total_cost is negative, nothing was fed back, and it is no credit',
    'CDR-080',
  ),
  duplicate_of_session: rule('error', 'another CDR of the same session is not credited', 'CDR-076'),
  credit_without_original: rule('warning', 'the CDR that is credited is not known (yet)', 'CDR-077'),
  credit_of_credit: rule('error', 'what is credited is a credit itself', 'CDR-078'),
  credit_repeated: rule('error', 'the original was credited before', 'CDR-078'),
  credit_amount_differs: rule(
    'error',
    'total_cost of the credit is not that of the original, negated',
    'CDR-074',
    'CDR-078',
  ),
  credit_same_id: rule('error', 'the credit has the id of what it credits', 'CDR-071'),
  credit_not_copied: rule(
    'warning',
    'the credit differs from the original in more than it may',
    'CDR-073',
    'CDR-074',
  ),
} as const satisfies Readonly<Record<string, CheckRule>>

/** Name of a finding. */
export type CheckCode = keyof typeof CHECK_CODES

/** Whether a text is the name of a finding. */
export const isCheckCode = (text: string): text is CheckCode => Object.hasOwn(CHECK_CODES, text)
