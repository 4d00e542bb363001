import { holds, type JsonObject } from '../json/json-object.js'
import { foldCase } from '../transport/party.js'
import { withField, withoutField, withoutFields } from './fields.js'
import { type DeclaredLoss, note, type Step } from './lens.js'
import { clearNames, declareCleared, declareSetAside, leaveOut, setAsideFields } from './steps.js'

const noSuchField = 'the target version has no such field'
const unknownValue = 'value unknown to the target version; the nearest it has stands for it'
const tooLong = 'longer than the target version allows; cut'
const required = 'the target version requires this; nothing is known'

const otherOwner = 'the target version leaves the owner to the URL, which names another one'

const OWNER = ['country_code', 'party_id'] as const
const ownerNames: ReadonlySet<string> = new Set(OWNER)

/**
 * The owner of an object, which the older version leaves to the URL and the connection: lifted from the facts, left
 * out on the way down, where the URL says it.
 */
export const owner: Step = {
  keepsShape: false,
  declares: [
    ...declareSetAside(...OWNER),
    ...OWNER.map((field) => ({ direction: 'down', pointer: `/${field}`, reason: otherOwner }) as const),
  ],
  up(subject, at, crossing) {
    const own = setAsideFields(subject, OWNER, at, crossing)
    const party = crossing.facts.owner
    return crossing.form === 'patch' || party === undefined
      ? own
      : { country_code: party.countryCode, party_id: party.partyId, ...own }
  },
  down(subject, at, crossing) {
    const { facts } = crossing
    const [country, party] = [facts.owner?.countryCode, facts.owner?.partyId]
    for (const [field, known] of [
      ['country_code', country],
      ['party_id', party],
    ] as const)
      if (
        known !== undefined &&
        holds(subject, field) &&
        foldCase(String(subject[field])) !== foldCase(known)
      )
        note(crossing, at, field, { reason: otherOwner, severity: 'lost' })
    return withoutFields(subject, ownerNames)
  },
}

/** The field exists in the older version only. */
export const olderOnly = (field: string): Step => ({
  keepsShape: true,
  declares: [{ direction: 'up', pointer: `/${field}`, reason: noSuchField }, ...declareCleared(field)],
  up: (subject, at, crossing) => leaveOut(subject, field, at, crossing, noSuchField),
  down: (subject, at, crossing) => clearNames(subject, [field], at, crossing),
})

/** Values that the older version does not list, each with the one that comes nearest. */
export const nearest = (field: string, values: Readonly<Record<string, string>>): Step => {
  const nearestTo = new Map<unknown, string>(Object.entries(values))
  return {
    keepsShape: true,
    declares: [{ direction: 'down', pointer: `/${field}`, reason: unknownValue }],
    up: (subject) => subject,
    down(subject, at, crossing) {
      const value = nearestTo.get(subject[field])
      if (value === undefined) return subject
      note(crossing, at, field, { reason: unknownValue, severity: 'changed' })
      return withField(subject, field, value)
    },
  }
}

/** A text of at most so many characters, cut at a space where there is one in its second half (TYP-009). */
export const cutAt = (text: string, max: number): string => {
  const characters = [...text]
  if (characters.length <= max) return text
  const cut = characters.slice(0, max - 1).join('')
  const space = cut.lastIndexOf(' ')
  return `${(space > cut.length / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}

/** Text for people, which the older version bounds more tightly. */
export const shortened = (field: string, max: number): Step => ({
  keepsShape: true,
  declares: [{ direction: 'down', pointer: `/${field}`, reason: tooLong }],
  up: (subject) => subject,
  down(subject, at, crossing) {
    const value = subject[field]
    const cut = typeof value === 'string' ? cutAt(value, max) : value
    if (cut === value) return subject
    note(crossing, at, field, { reason: tooLong, severity: 'changed' })
    return withField(subject, field, cut)
  },
})

/** A field that the older version requires: `stands` means that there is nothing to say, both ways. */
export const requiredBelow = (field: string, stands: string): Step => ({
  keepsShape: false,
  declares: [
    { direction: 'down', pointer: `/${field}`, reason: required },
    { direction: 'up', pointer: `/${field}`, reason: required },
  ],
  up(subject, _at, crossing) {
    if (subject[field] !== stands) return subject
    return crossing.form === 'patch' ? withField(subject, field, null) : withoutField(subject, field)
  },
  down(subject, at, crossing) {
    const missing = !holds(subject, field) || subject[field] === null
    if (!missing || (crossing.form === 'patch' && !holds(subject, field))) return subject
    note(crossing, at, field, { reason: required, severity: 'added' })
    return withField(subject, field, stands)
  },
})

/** Some losses that hold below a field. */
export const declaresBelow = (field: string, declares: readonly DeclaredLoss[]): readonly DeclaredLoss[] =>
  declares.map((loss) => ({ ...loss, pointer: `/${field}${loss.pointer}` }))

/** The values of an object by name, those that are not there left out. */
export const given = (fields: Readonly<Record<string, unknown>>): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
