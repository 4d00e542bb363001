import { holds, isJsonObject, type JsonObject } from '../json/json-object.js'
import { type NewNames, withField, withNames, withoutField, withRenamed } from './fields.js'
import {
  type Crossing,
  type DeclaredLoss,
  GONE,
  gone,
  type Lens,
  note,
  type Place,
  type Step,
} from './lens.js'

const setAside = 'not a field of the version it came in; given back to partners of that version only'
const noSuchField = 'the target version has no such field'
const nameTaken = 'the target version uses this name for something else'
const unknownValue = 'value unknown to the target version'
const nothingLeft = 'nothing left of a list that needs an item'

const needsPut = 'an item has to go, which only a PUT can say'

const declareGone = (pointer: string, reason: string): readonly DeclaredLoss[] => [
  { direction: 'down', pointer, reason },
]

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)

/** Removes a field, noting the loss unless it held nothing. */
export const leaveOut = (
  subject: JsonObject,
  field: string,
  at: Place | undefined,
  crossing: Crossing,
  reason: string,
): JsonObject => {
  if (!holds(subject, field)) return subject
  if (!isEmpty(subject[field])) note(crossing, at, field, { reason, severity: 'lost' })
  return withoutField(subject, field)
}

/** Sets aside what an older document holds under names that mean something only in the newer version. */
export const setAsideFields = (
  subject: JsonObject,
  fields: readonly string[],
  at: Place | undefined,
  crossing: Crossing,
): JsonObject => fields.reduce((rest, field) => leaveOut(rest, field, at, crossing, setAside), subject)

/** Declares the loss of `setAsideFields`. */
export const declareSetAside = (...fields: readonly string[]): readonly DeclaredLoss[] =>
  fields.map((field) => ({ direction: 'up', pointer: `/${field}`, reason: setAside }))

/** Clears names the older version gives a meaning to, so that a vendor field is not taken for an official one. */
export const clearNames = (
  subject: JsonObject,
  fields: readonly string[],
  at: Place | undefined,
  crossing: Crossing,
): JsonObject => fields.reduce((rest, field) => leaveOut(rest, field, at, crossing, nameTaken), subject)

/** Declares the loss of `clearNames`. */
export const declareCleared = (...fields: readonly string[]): readonly DeclaredLoss[] =>
  fields.map((field) => ({ direction: 'down', pointer: `/${field}`, reason: nameTaken }))

/** The field has another name in the newer version. */
export const rename = (older: string, newer: string): Step => ({
  keepsShape: false,
  declares: [...declareSetAside(newer), ...declareCleared(older)],
  up: (subject, at, crossing) => withRenamed(setAsideFields(subject, [newer], at, crossing), older, newer),
  down: (subject, at, crossing) => withRenamed(clearNames(subject, [older], at, crossing), newer, older),
})

/** The field exists in the newer version only. */
export const newerOnly = (field: string): Step => ({
  keepsShape: true,
  declares: [...declareSetAside(field), { direction: 'down', pointer: `/${field}`, reason: noSuchField }],
  up: (subject, at, crossing) => setAsideFields(subject, [field], at, crossing),
  down: (subject, at, crossing) => leaveOut(subject, field, at, crossing, noSuchField),
})

/** What becomes of a value of a required or optional enumeration that the older version does not list. */
export type Otherwise = 'OTHER' | 'leave out' | 'refuse'

/** Notes that the target version has no such field, unless it holds nothing. */
export const noteMissing = (
  subject: JsonObject,
  field: string,
  at: Place | undefined,
  crossing: Crossing,
): void => {
  if (holds(subject, field) && !isEmpty(subject[field]))
    note(crossing, at, field, { reason: noSuchField, severity: 'lost' })
}

/** Several fields have other names in the newer version, and some exist in it only: as `rename` and `newerOnly`, in one pass. */
export const renames = (newerByOlder: Readonly<Record<string, string>>, added: readonly string[]): Step => {
  const [older, newer] = [Object.keys(newerByOlder), Object.values(newerByOlder)]
  const upwards: NewNames = new Map(Object.entries(newerByOlder))
  const downwards: NewNames = new Map([
    ...newer.map((field, index) => [field, older[index] ?? null] as const),
    ...added.map((field) => [field, null] as const),
  ])
  return {
    keepsShape: false,
    declares: [
      ...declareSetAside(...newer, ...added),
      ...declareCleared(...older),
      ...added.map((field) => ({ direction: 'down', pointer: `/${field}`, reason: noSuchField }) as const),
    ],
    up: (subject, at, crossing) =>
      withNames(setAsideFields(subject, [...newer, ...added], at, crossing), upwards),
    down(subject, at, crossing) {
      const own = clearNames(subject, older, at, crossing)
      for (const field of added) noteMissing(own, field, at, crossing)
      return withNames(own, downwards)
    },
  }
}

/** The values an older version lists for a field; the newer one may hold others. */
export const known = (field: string, values: readonly string[], otherwise: Otherwise): Step => {
  const listed = new Set<unknown>(values)
  return {
    declares: [
      { direction: 'down', pointer: `/${field}`, reason: unknownValue },
      ...(otherwise === 'refuse' ? declareGone('', unknownValue) : []),
    ],
    keepsShape: true,
    up: (subject) => subject,
    down(subject, at, crossing) {
      const value = subject[field]
      if (listed.has(value) || value === null || !holds(subject, field)) return subject
      const refuse = (): typeof GONE =>
        gone(crossing, { parent: at, key: field }, `${field} ${String(value)}: ${unknownValue}`)
      if (otherwise === 'refuse') return refuse()
      if (otherwise === 'OTHER') {
        note(crossing, at, field, { reason: unknownValue, severity: 'changed' })
        return withField(subject, field, 'OTHER')
      }
      // A PATCH that leaves the field out would let the receiver keep the old value.
      if (crossing.form === 'patch') return refuse()
      return leaveOut(subject, field, at, crossing, unknownValue)
    },
  }
}

/** The values an older version lists for the items of a list; others are left out of it. */
export const knownIn = (field: string, values: readonly string[]): Step => {
  const listed = new Set<unknown>(values)
  return {
    declares: [{ direction: 'down', pointer: `/${field}/*`, reason: unknownValue }],
    keepsShape: true,
    up: (subject) => subject,
    down(subject, at, crossing) {
      const list = subject[field]
      if (!Array.isArray(list) || list.every((value) => listed.has(value))) return subject
      const place = { parent: at, key: field }
      list.forEach((value, index) => {
        if (!listed.has(value)) note(crossing, place, index, { reason: unknownValue, severity: 'lost' })
      })
      return withField(
        subject,
        field,
        list.filter((value) => listed.has(value)),
      )
    },
  }
}

const below = (field: string, declares: readonly DeclaredLoss[]): readonly DeclaredLoss[] =>
  declares.map((loss) => ({ ...loss, pointer: `/${field}${loss.pointer}` }))

/** A lens in one field. With `required`, an object goes when the value of its field has to. */
export const inField = (field: string, inner: Lens, required?: 'required'): Step => ({
  keepsShape: inner.keepsShape,
  declares: below(field, inner.declares),
  up: (subject, at, crossing) =>
    isJsonObject(subject[field])
      ? withField(subject, field, inner.up(subject[field], { parent: at, key: field }, crossing))
      : subject,
  down(subject, at, crossing) {
    if (!isJsonObject(subject[field])) return subject
    const lossesBefore = crossing.losses.length
    const value = inner.down(subject[field], { parent: at, key: field }, crossing)
    if (value !== GONE) return withField(subject, field, value)
    if (required === 'required' || crossing.form === 'patch') return GONE
    crossing.losses.length = lossesBefore
    return leaveOut(subject, field, at, crossing, crossing.goneBecause)
  },
})

/** How a list behaves when items have to go. */
export interface ListTraits {
  /** The list may not become empty: the object that holds it goes with its last item. */
  readonly atLeastOne?: true
  /** A PATCH adds to and changes this list but never shortens it (LOC-078), so an item that has to go needs a PUT. */
  readonly upserted?: true
}

const itemsDown = (
  items: readonly unknown[],
  inner: Lens,
  place: Place,
  crossing: Crossing,
): readonly unknown[] => {
  let changed = false
  const lowered: unknown[] = []
  for (const [index, item] of items.entries()) {
    const lossesBefore = crossing.losses.length
    const value = inner.down(item, { parent: place, key: index }, crossing)
    changed ||= value !== item
    if (value === GONE) {
      crossing.losses.length = lossesBefore
      note(crossing, place, index, { reason: crossing.goneBecause, severity: 'lost' })
    } else lowered.push(value)
  }
  return changed ? lowered : items
}

/** A lens in every item of a list; items that have to go are left out of it. */
export const inEach = (field: string, inner: Lens, traits: ListTraits = {}): Step => ({
  keepsShape: inner.keepsShape,
  declares: [
    ...below(`${field}/*`, inner.declares),
    ...(traits.atLeastOne ? declareGone('', nothingLeft) : []),
    ...(traits.atLeastOne ? declareGone(`/${field}`, nothingLeft) : []),
    ...(traits.upserted ? declareGone(`/${field}`, needsPut) : []),
  ],
  up(subject, at, crossing) {
    const items = subject[field]
    if (!Array.isArray(items)) return subject
    const place = { parent: at, key: field }
    const lifted = items.map((item, index) => inner.up(item, { parent: place, key: index }, crossing))
    return lifted.some((item, index) => item !== items[index]) ? withField(subject, field, lifted) : subject
  },
  down(subject, at, crossing) {
    const items = subject[field]
    if (!Array.isArray(items)) return subject
    const place = { parent: at, key: field }
    const lowered = itemsDown(items, inner, place, crossing)
    const shorter = lowered.length < items.length
    if (shorter && traits.upserted && crossing.form === 'patch')
      return gone(crossing, place, `${field}: ${needsPut} (${crossing.goneBecause})`)
    if (shorter && traits.atLeastOne && lowered.length === 0)
      return gone(crossing, place, `${field}: ${nothingLeft} (${crossing.goneBecause})`)
    return withField(subject, field, lowered)
  },
})
