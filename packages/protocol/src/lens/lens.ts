import { isJsonObject, type JsonObject } from '../json/json-object.js'
import type { CrossingFacts } from './facts.js'

/** What a crossing could not carry as it was. `pointer` (RFC 6901) is into the document before, for `added` after it. */
export interface Loss {
  readonly pointer: string
  readonly reason: string
  readonly severity: 'lost' | 'changed' | 'added'
}

/** A whole object, or some of its fields as in a PATCH. */
export type Form = 'whole' | 'patch'

/** Where a value stands; made into a pointer only when something is lost there. */
export interface Place {
  readonly parent: Place | undefined
  readonly key: string | number
  /** Its pointer, once that was needed. */
  pointer?: string
}

/** One passage of one document through a lens. */
export interface Crossing {
  readonly form: Form
  readonly losses: Loss[]
  /** What is known from outside of the document, in the shape of the newer version of the pair. */
  facts: CrossingFacts
  /** True when what had been sent will be put back: the result then is the same whatever is known from outside. */
  readonly restoring: boolean
  /** Pointers of values that are only right when something is put back there. */
  readonly incomplete: string[]
  /** Why the last value that returned `GONE` cannot exist in the target version, and which value it was. */
  goneBecause: string
  goneAt: Place | undefined
}

/** Answer of a value that the target version cannot hold: whoever contains it leaves it out or goes too. */
export const GONE = Symbol('gone')

/** A loss that a lens can cause, for the table of losses; `*` in the pointer stands for any list position. */
export interface DeclaredLoss {
  readonly direction: 'up' | 'down'
  readonly pointer: string
  readonly reason: string
}

/** A reversible change of one object between an older and a newer version. Neither way changes its argument. */
export interface Step {
  up(subject: JsonObject, at: Place | undefined, crossing: Crossing): JsonObject
  down(subject: JsonObject, at: Place | undefined, crossing: Crossing): JsonObject | typeof GONE
  /** `up` changes nothing but setting aside names that the newer version took. */
  readonly keepsShape: boolean
  readonly declares: readonly DeclaredLoss[]
}

/** Steps between two neighbouring versions of one class: `up` in order, `down` in reverse order. */
export interface Lens {
  /** `up` changes nothing but setting aside names that the newer version took. */
  readonly keepsShape: boolean
  up(value: unknown, at: Place | undefined, crossing: Crossing): unknown
  down(value: unknown, at: Place | undefined, crossing: Crossing): unknown | typeof GONE
  readonly declares: readonly DeclaredLoss[]
}

/** A lens of steps. Values that are not objects pass as they are: validation has judged them. */
export const lens = (...steps: readonly Step[]): Lens => {
  const reversed = [...steps].reverse()
  return {
    keepsShape: steps.every((step) => step.keepsShape),
    declares: steps.flatMap((step) => step.declares),
    up(value, at, crossing) {
      if (!isJsonObject(value)) return value
      let subject = value
      for (const step of steps) subject = step.up(subject, at, crossing)
      return subject
    },
    down(value, at, crossing) {
      if (!isJsonObject(value)) return value
      let subject = value
      for (const step of reversed) {
        const next = step.down(subject, at, crossing)
        if (next === GONE) return GONE
        subject = next
      }
      return subject
    },
  }
}

/** A document that the older version does not have at all. */
export const newerDocument = (reason: string): Lens => ({
  keepsShape: true,
  declares: [{ direction: 'down', pointer: '', reason }],
  up: (value) => value,
  down: (_value, at, crossing) => gone(crossing, at, reason),
})

/** A class that is the same in both versions. */
export const same: Lens = lens()

const segment = (key: string | number): string =>
  typeof key === 'string' && (key.includes('~') || key.includes('/'))
    ? `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    : `/${key}`

/** The JSON Pointer of a place; `''` for the document itself. */
export const pointerTo = (at: Place | undefined): string => {
  if (at === undefined) return ''
  at.pointer ??= pointerTo(at.parent) + segment(at.key)
  return at.pointer
}

/** Notes a loss at a field or item below a place, or at the place itself when `key` is undefined. */
export const note = (
  crossing: Crossing,
  at: Place | undefined,
  key: string | number | undefined,
  loss: Omit<Loss, 'pointer'>,
): void => {
  const pointer = key === undefined ? pointerTo(at) : pointerTo(at) + segment(key)
  crossing.losses.push({ pointer, reason: loss.reason, severity: loss.severity })
}

/** Marks the object in hand as impossible in the target version, because of what it holds at `at`. */
export const gone = (crossing: Crossing, at: Place | undefined, reason: string): typeof GONE => {
  crossing.goneBecause = reason
  crossing.goneAt = at
  return GONE
}

/** The state of a passage that begins. */
export const startCrossing = (form: Form, facts: CrossingFacts = {}, restoring = false): Crossing => ({
  form,
  losses: [],
  facts,
  restoring,
  incomplete: [],
  goneBecause: '',
  goneAt: undefined,
})
