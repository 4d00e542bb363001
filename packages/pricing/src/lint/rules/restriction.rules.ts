import type { ocpi230 } from '@interwatt/protocol'
import { dayOf } from '../../tariff/extent.js'
import { MS_PER_DAY, WEEKDAYS } from '../../tariff/restriction.js'
import type { Found, LintRule, LintSubject } from '../finding.js'
import { instantOrUndefined } from '../instants.js'

type Restrictions = ocpi230.TariffRestrictions

const PAIRS = [
  ['min_kwh', 'max_kwh'],
  ['min_current', 'max_current'],
  ['min_power', 'max_power'],
  ['min_duration', 'max_duration'],
] as const

const eachRestriction = (
  { tariff }: LintSubject,
  find: (restrictions: Restrictions, pointer: string, element: ocpi230.TariffElement) => readonly Found[],
): readonly Found[] =>
  tariff.elements.flatMap((element, index) =>
    element.restrictions === undefined
      ? []
      : find(element.restrictions, `/elements/${index}/restrictions`, element),
  )

const emptyPairs = (restrictions: Restrictions, pointer: string): readonly Found[] =>
  PAIRS.flatMap(([least, most]) => {
    const [from, to] = [restrictions[least], restrictions[most]]
    return from !== undefined && to !== undefined && from >= to
      ? [
          {
            pointer: `${pointer}/${most}`,
            message: `${least} ${from} is not below ${most} ${to}, which is exclusive: the element never holds. Correct one of them.`,
          },
        ]
      : []
  })

const emptyUppers = (restrictions: Restrictions, pointer: string): readonly Found[] =>
  PAIRS.flatMap(([, most]) => {
    const to = restrictions[most]
    return to !== undefined && to <= 0
      ? [
          {
            pointer: `${pointer}/${most}`,
            message: `${most} ${to} never holds, because it is exclusive. Raise or remove it.`,
          },
        ]
      : []
  })

/** Weekdays between two dates, or all where that is a week or more. */
const weekdaysBetween = (from: number, to: number): ReadonlySet<string> => {
  const days = new Set<string>()
  // 1970-01-01 was a Thursday, the fourth of the list.
  for (let day = from; day < Math.min(to, from + 7); day += 1)
    days.add(WEEKDAYS[(((day + 3) % 7) + 7) % 7] ?? '')
  return days
}

const emptyDates = (restrictions: Restrictions, pointer: string): readonly Found[] => {
  const { start_date, end_date, day_of_week = [] } = restrictions
  if (start_date === undefined || end_date === undefined) return []
  const [from, to] = [dayOf(start_date), dayOf(end_date)]
  if (from >= to)
    return [
      {
        pointer: `${pointer}/end_date`,
        message: `end_date ${end_date} is exclusive and not after start_date ${start_date}: the element never holds. For one day take the day after as end_date.`,
      },
    ]
  const days = weekdaysBetween(from, to)
  return day_of_week.length > 0 && !day_of_week.some((day) => days.has(day))
    ? [
        {
          pointer: `${pointer}/day_of_week`,
          message: `None of these weekdays lies between ${start_date} and ${end_date}: the element never holds. Correct the days or the dates.`,
        },
      ]
    : []
}

/** Zones are at most 14 hours from UTC. */
const ZONE_DAYS = 1

const outsideValidity = (
  { tariff }: LintSubject,
  restrictions: Restrictions,
  pointer: string,
): readonly Found[] => {
  const [start, end] = [instantOrUndefined(tariff.start_date_time), instantOrUndefined(tariff.end_date_time)]
  const { start_date, end_date } = restrictions
  const before =
    start !== undefined && end_date !== undefined && dayOf(end_date) + ZONE_DAYS < start / MS_PER_DAY
  const after =
    end !== undefined && start_date !== undefined && dayOf(start_date) - ZONE_DAYS > end / MS_PER_DAY
  return before || after
    ? [
        {
          pointer: `${pointer}/${before ? 'end_date' : 'start_date'}`,
          message:
            'These dates lie outside the time in which the tariff is valid: the element never holds. Correct the dates, or remove the element.',
        },
      ]
    : []
}

/** Restrictions that cannot all hold at any moment. */
const neverHolds: LintRule = {
  code: 'restriction-never-holds',
  severity: 'error',
  rules: ['TAR-070', 'TAR-072'],
  find: (subject) =>
    eachRestriction(subject, (restrictions, pointer) => [
      ...emptyPairs(restrictions, pointer),
      ...emptyUppers(restrictions, pointer),
      ...emptyDates(restrictions, pointer),
      ...outsideValidity(subject, restrictions, pointer),
    ]),
}

const isDayOfCalendar = (text: string): boolean => {
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** A date in the right form that no calendar has. */
const noSuchDate: LintRule = {
  code: 'date-not-in-calendar',
  severity: 'error',
  rules: ['TAR-039'],
  find: (subject) =>
    eachRestriction(subject, (restrictions, pointer) =>
      (['start_date', 'end_date'] as const).flatMap((name) => {
        const date = restrictions[name]
        return date === undefined || isDayOfCalendar(date)
          ? []
          : [
              {
                pointer: `${pointer}/${name}`,
                message: `There is no ${date} in the calendar; platforms read another day, or refuse the tariff. Correct it.`,
              },
            ]
      }),
    ),
}

/** Restrictions that restrict nothing. */
const empty: LintRule = {
  code: 'empty-restriction',
  severity: 'hint',
  rules: ['TAR-070'],
  find: (subject) =>
    eachRestriction(subject, (restrictions, pointer) => {
      if (Object.keys(restrictions).length === 0)
        return [
          { pointer, message: 'These restrictions say nothing: the element always holds. Leave them out.' },
        ]
      return restrictions.day_of_week?.length === 0
        ? [
            {
              pointer: `${pointer}/day_of_week`,
              message: 'A list without weekdays means any day. Leave it out, or name the days.',
            },
          ]
        : []
    }),
}

const MIDNIGHT = '00:00'

/** A window past midnight belongs to two days, and weekdays are tested on each (4.4). */
const pastMidnight: LintRule = {
  code: 'window-past-midnight-with-days',
  severity: 'warning',
  rules: ['tariffs 4.4'],
  find: (subject) =>
    eachRestriction(subject, ({ start_time, end_time, day_of_week = [] }, pointer) =>
      start_time !== undefined &&
      end_time !== undefined &&
      end_time !== MIDNIGHT &&
      end_time < start_time &&
      day_of_week.length > 0 &&
      new Set(day_of_week).size < 7
        ? [
            {
              pointer: `${pointer}/day_of_week`,
              message:
                `Each moment counts by its own weekday: ${start_time} to ${end_time} on ${day_of_week.join(', ')} means the hours ` +
                'before midnight and those after midnight of these days, not of the morning after. Write two elements, one until 00:00 ' +
                'and one from 00:00 with the next days.',
            },
          ]
        : [],
    ),
}

/** A day that ends a minute early. */
const minuteBeforeMidnight: LintRule = {
  code: 'minute-before-midnight',
  severity: 'warning',
  rules: ['T-15', 'TAR-038'],
  find: (subject) =>
    eachRestriction(subject, ({ end_time }, pointer) =>
      end_time === '23:59'
        ? [
            {
              pointer: `${pointer}/end_time`,
              message:
                'end_time is exclusive: the last minute of the day is left out. Write 00:00 for the end of the day.',
            },
          ]
        : [],
    ),
}

/** A window that starts when it ends. */
const wholeDay: LintRule = {
  code: 'whole-day-window',
  severity: 'warning',
  rules: ['tariffs 4.4'],
  find: (subject) =>
    eachRestriction(subject, ({ start_time, end_time }, pointer) =>
      start_time !== undefined && start_time === end_time
        ? [
            {
              pointer: `${pointer}/end_time`,
              message: `A window from ${start_time} to ${end_time} is not defined; it is read as the whole day, others may read it as never. Leave both times out, or correct one.`,
            },
          ]
        : [],
    ),
}

/** A grace period that counts from the start of the session (T-05). */
const graceAfterCharging: LintRule = {
  code: 'duration-counts-from-start',
  severity: 'hint',
  rules: ['T-05'],
  find: (subject) =>
    eachRestriction(subject, ({ min_duration, max_duration }, pointer, { price_components }) => {
      const bound =
        min_duration === undefined
          ? max_duration === undefined
            ? undefined
            : 'max_duration'
          : 'min_duration'
      return bound !== undefined && price_components.some(({ type }) => type === 'PARKING_TIME')
        ? [
            {
              pointer: `${pointer}/${bound}`,
              message: `${bound} counts from the start of the session, not from the end of charging. Free minutes after charging cannot be said in a tariff; check that this is meant.`,
            },
          ]
        : []
    }),
}

/** Rules about restrictions by themselves. */
export const restrictionRules: readonly LintRule[] = [
  neverHolds,
  noSuchDate,
  empty,
  pastMidnight,
  minuteBeforeMidnight,
  wholeDay,
  graceAfterCharging,
]
