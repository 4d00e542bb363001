import type { PartnerFinding, PartnerProfile } from '@interwatt/store'

/** Names of the habits that partners are known for. */
export type QuirkId =
  | 'token_encoding'
  | 'trailing_slash'
  | 'module_case'
  | 'refuses_patch'
  | 'missing_last_updated'
  | 'dates_without_zone'
  | 'odd_dates'
  | 'numbers_as_text'
  | 'value_case'
  | 'long_texts'
  | 'unknown_values'
  | 'missing_fields'

/** A setting of a profile: `accepts.longTexts`. */
export type ProfileSetting =
  | `accepts.${keyof PartnerProfile['accepts'] & string}`
  | `sends.${keyof PartnerProfile['sends'] & string}`

interface Quirk {
  readonly id: QuirkId
  /** One sentence for people. */
  readonly title: string
  /** What the node does about it while nothing is agreed. */
  readonly handled: string
  /** The setting that meets it, where there is one. */
  readonly setting: ProfileSetting | null
  shows(finding: Pick<PartnerFinding, 'code' | 'rule' | 'pointer' | 'severity'>): boolean
}

/** Known habits, the most telling first; a finding belongs to the first that it shows. */
const quirks: readonly Quirk[] = [
  {
    id: 'token_encoding',
    title: 'Writes the credentials token otherwise than its version says',
    handled: 'Both forms are taken; answers go in the form that the partner accepted last.',
    setting: 'sends.tokenEncoding',
    shows: ({ code }) => code === 'token_encoding',
  },
  {
    id: 'trailing_slash',
    title: 'Calls URLs with a slash at the end',
    handled: 'Both forms are served.',
    setting: 'sends.trailingSlash',
    shows: ({ code }) => code === 'trailing_slash',
  },
  {
    id: 'module_case',
    title: 'Names modules in another case than the specification',
    handled: 'Module names are compared without case.',
    setting: null,
    shows: ({ code }) => code === 'wrong_case',
  },
  {
    id: 'refuses_patch',
    title: 'Does not take PATCH',
    handled: 'The whole object is PUT after each refused PATCH.',
    setting: 'sends.putForPatch',
    shows: ({ code }) => code === 'method_refused',
  },
  {
    id: 'missing_last_updated',
    title: 'Sends a PATCH without last_updated',
    handled: 'Refused, since nobody could tell which of two changes is the later one.',
    setting: 'accepts.missingLastUpdated',
    shows: ({ code, pointer }) => code === 'missing' && pointer === '/last_updated',
  },
  {
    id: 'dates_without_zone',
    title: 'Writes times without a zone',
    handled: 'Read as UTC.',
    setting: null,
    shows: ({ code }) => code === 'no_zone',
  },
  {
    id: 'odd_dates',
    title: 'Writes times with another offset, or too precisely',
    handled: 'Turned into UTC, cut to milliseconds.',
    setting: null,
    shows: ({ code, rule }) => code === 'repaired' && (rule === 'TYP-020' || rule === 'TYP-029'),
  },
  {
    id: 'numbers_as_text',
    title: 'Writes numbers as texts',
    handled: 'Read as the number.',
    setting: null,
    shows: ({ code, rule }) => code === 'repaired' && rule === 'TYP-040',
  },
  {
    id: 'value_case',
    title: 'Writes values of enumerations in another case',
    handled: 'Read as the listed value.',
    setting: null,
    shows: ({ code, rule }) => code === 'repaired' && rule === 'TYP-010',
  },
  {
    id: 'long_texts',
    title: 'Sends texts longer than the field allows',
    handled: 'Refused, except where the rules name a longer limit that is met in the field.',
    setting: 'accepts.longTexts',
    shows: ({ code }) => code === 'too_long',
  },
  {
    id: 'unknown_values',
    title: 'Sends values that the enumeration does not list',
    handled: 'Left out of optional lists, refused elsewhere.',
    setting: null,
    shows: ({ code }) => code === 'unknown_value',
  },
  {
    id: 'missing_fields',
    title: 'Leaves out required fields',
    handled: 'The object is refused.',
    setting: null,
    shows: ({ code, severity }) => code === 'missing' && severity === 'error',
  },
]

/** A habit of a partner, as its messages show it. */
export interface DetectedQuirk extends Omit<Quirk, 'shows'> {
  /** Rule that it breaks or stretches. */
  readonly rule: string
  readonly count: number
  readonly firstAt: string
  readonly lastAt: string
  /** Where it occurred: operations and pointers, the latest first, at most ten. */
  readonly places: readonly { readonly operation: string; readonly pointer: string }[]
  /** The latest value it is about, as JSON text; null where there is none. */
  readonly example: string | null
}

const PLACES = 10

const gathered = ({ shows: _shows, ...quirk }: Quirk, findings: readonly PartnerFinding[]): DetectedQuirk => {
  const latest = findings.toSorted((a, b) => b.lastAt.localeCompare(a.lastAt))
  const times = findings.map(({ firstAt }) => firstAt).toSorted()
  return {
    ...quirk,
    rule: latest[0]?.rule ?? '',
    count: findings.reduce((sum, { count }) => sum + count, 0),
    firstAt: times[0] ?? '',
    lastAt: latest[0]?.lastAt ?? '',
    places: latest.slice(0, PLACES).map(({ operation, pointer }) => ({ operation, pointer })),
    example: latest.find(({ example }) => example !== null)?.example ?? null,
  }
}

/** The habits that the deviations of a partner show, in the order of the list; a deviation that shows none is left out. */
export const quirksIn = (findings: readonly PartnerFinding[]): readonly DetectedQuirk[] => {
  const byQuirk = new Map<Quirk, PartnerFinding[]>()
  for (const finding of findings) {
    const quirk = quirks.find(({ shows }) => shows(finding))
    if (quirk === undefined) continue
    byQuirk.set(quirk, [...(byQuirk.get(quirk) ?? []), finding])
  }
  return quirks.flatMap((quirk) => {
    const shown = byQuirk.get(quirk)
    return shown === undefined ? [] : [gathered(quirk, shown)]
  })
}
