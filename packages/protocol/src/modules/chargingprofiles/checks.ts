import type { JsonObject } from '../../json/json-object.js'
import { objectAt, objectsAt } from '../../schema/field-values.js'
import { type CheckResult, check, type ObjectCheck } from '../../schema/index.js'

const ONE_DECIMAL = /^-?\d+(?:\.\d)?$/

interface Fault {
  readonly pointer: string
  readonly message: string
  readonly rule: string
}

const coarse = (value: unknown, pointer: string): readonly Fault[] =>
  typeof value === 'number' && !ONE_DECIMAL.test(String(value))
    ? [{ pointer, message: 'has more than one decimal', rule: 'CP-020' }]
    : []

/** When periods begin: the first with the profile, each later than the one before, all inside the profile. */
const startFaults = (profile: JsonObject): readonly Fault[] => {
  const starts = objectsAt(profile, 'charging_profile_period').map((period) => Number(period.start_period))
  const { duration } = profile
  return starts.flatMap((start, index) => {
    const fault = (message: string): readonly Fault[] => [
      { pointer: `/charging_profile_period/${index}/start_period`, message, rule: 'CP-021' },
    ]
    if (index === 0) return start === 0 ? [] : fault('the first period begins at 0')
    if (start <= (starts[index - 1] ?? 0)) return fault('a period begins after the one before it')
    return typeof duration === 'number' && start >= duration
      ? fault('begins after the end of the profile')
      : []
  })
}

/** What is wrong with a ChargingProfile beyond its fields; pointers are relative to it. */
const faultsOf = (profile: JsonObject): readonly Fault[] => {
  const periods = objectsAt(profile, 'charging_profile_period')
  const none: Fault = { pointer: '/charging_profile_period', message: 'needs a period', rule: 'CP-021' }
  const { duration } = profile
  return [
    ...(periods.length === 0 ? [none] : []),
    ...(typeof duration === 'number' && duration <= 0
      ? [{ pointer: '/duration', message: 'is not positive', rule: 'CP-021' }]
      : []),
    ...coarse(profile.min_charging_rate, '/min_charging_rate'),
    ...periods.flatMap(({ limit }, index) => coarse(limit, `/charging_profile_period/${index}/limit`)),
    ...startFaults(profile),
  ]
}

const profileKeeps = (severity: CheckResult['severity']): ObjectCheck =>
  check(['charging_profile'], (value) =>
    faultsOf(objectAt(value, 'charging_profile') ?? {}).map((fault) => ({
      ...fault,
      pointer: `/charging_profile${fault.pointer}`,
      severity,
    })),
  )

/** CP-020, CP-021: a profile that is asked for must say clearly what is wanted. */
export const profileIsClear = profileKeeps('error')

/** What a charge point reports is taken as it is, and noted. */
export const profileIsNoted = profileKeeps('warning')

/** CP-018: a profile comes with ACCEPTED, and only then. */
export const profileComesWithAccepted = check(['result', 'profile'], (value) => {
  const accepted = value.result === 'ACCEPTED'
  if (accepted === (objectAt(value, 'profile') !== undefined)) return []
  const message = accepted ? 'ACCEPTED comes with a profile' : 'a profile comes with ACCEPTED only'
  return [{ pointer: '/profile', message, rule: 'CP-018', severity: 'warning' }]
})
