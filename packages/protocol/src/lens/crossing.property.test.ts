import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentEquals, holds, isJsonObject, type JsonObject } from '../json/json-object.js'
import type { ObjectSchema } from '../schema/index.js'
import { checkDocument } from '../validation/index.js'
import { keepsShape, lift, lower } from './crossing.js'
import type { Form, Loss } from './lens.js'
import { lossTable } from './loss-table.js'
import { objectNames, randomDocument, randomPatch, schemas } from './testing/random-document.js'

const older = schemas['2.2.1']
const newer = schemas['2.3.0']

const declared = (name: string, from: string): readonly RegExp[] =>
  lossTable()
    .filter((row) => row.document === name && row.from === from)
    .map((row) => new RegExp(`^${row.pointer.replaceAll('*', '\\d+')}$`))

/** Freezes a value and everything in it, so that a change of an input throws. */
const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value)
    for (const inner of Object.values(value)) frozen(inner)
  }
  return value
}

const isEmpty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0)

/** Pointers of everything in `before` that is not the same in `after`; lists that lost items count item by item. */
const differences = (before: unknown, after: unknown, pointer: string, into: string[]): string[] => {
  if (contentEquals(before, after) || isEmpty(before)) return into
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    before.forEach((item, index) => {
      differences(item, after[index], `${pointer}/${index}`, into)
    })
  else if (isJsonObject(before) && isJsonObject(after)) {
    for (const [key, value] of Object.entries(before))
      differences(value, holds(after, key) ? after[key] : undefined, `${pointer}/${key}`, into)
  } else into.push(pointer)
  return into
}

const isNoted = (pointer: string, losses: readonly Loss[]): boolean =>
  losses.some(
    (loss) =>
      loss.pointer === pointer ||
      loss.pointer.startsWith(`${pointer}/`) ||
      pointer.startsWith(`${loss.pointer}/`),
  )

const errorsOf = (schema: ObjectSchema, document: JsonObject, form: Form = 'whole') =>
  checkDocument(schema, document, form).filter(({ severity }) => severity === 'error')

const jsonCopy = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe.each(objectNames)('%s', (name) => {
  it('is given back exactly in the version it came in, unknown fields included', () => {
    fc.assert(
      fc.property(randomDocument(older[name], true), (sent) => {
        const lifted = lift(name, '2.2.1', frozen(sent), 'whole')
        const back = lower(name, '2.2.1', frozen(lifted.document), 'whole', jsonCopy(lifted.unmapped))
        expect(back.kind).toBe('document')
        if (back.kind === 'document') {
          expect(back.document).toEqual(sent)
          expect(back.losses).toEqual([])
        }
      }),
    )
  })

  it('keeps nothing aside when lowering alone gives back what was sent', () => {
    fc.assert(
      fc.property(randomDocument(older[name], true), (sent) => {
        const { document, unmapped } = lift(name, '2.2.1', sent, 'whole')
        const back = lower(name, '2.2.1', document, 'whole')
        const gaveBack = back.kind === 'document' && contentEquals(back.document, sent)
        expect(unmapped === null).toBe(gaveBack)
      }),
    )
  })

  it('is valid in canonical shape when it was valid in 2.2.1', () => {
    fc.assert(
      fc.property(randomDocument(older[name], true), (sent) => {
        const { document } = lift(name, '2.2.1', sent, 'whole')
        expect(errorsOf(newer[name], document)).toEqual([])
      }),
    )
  })

  it('is valid in 2.2.1 after lowering, or withheld with a reason', () => {
    fc.assert(
      fc.property(randomDocument(newer[name], true), (document) => {
        const lowered = lower(name, '2.2.1', frozen(document), 'whole')
        if (lowered.kind === 'withheld') expect(lowered.reason).not.toBe('')
        else expect(errorsOf(older[name], lowered.document)).toEqual([])
      }),
    )
  })

  it('names every value that is not the same after a crossing there and back', () => {
    fc.assert(
      fc.property(randomDocument(newer[name], true), (document) => {
        const lowered = lower(name, '2.2.1', document, 'whole')
        if (lowered.kind === 'withheld') return
        const { document: back } = lift(name, '2.2.1', lowered.document, 'whole')
        const missing = differences(document, back, '', []).filter((at) => !isNoted(at, lowered.losses))
        expect(missing).toEqual([])
      }),
    )
  })

  it('has no loss that is not declared', () => {
    fc.assert(
      fc.property(randomDocument(newer[name], true), randomDocument(older[name], true), (document, sent) => {
        const down = lower(name, '2.2.1', document, 'whole').losses.map((loss) => loss.pointer)
        const up = lift(name, '2.2.1', sent, 'whole').losses.map((loss) => loss.pointer)
        const rows = { up: declared(name, '2.2.1'), down: declared(name, '2.3.0') }
        expect(down.filter((at) => !rows.down.some((row) => row.test(at)))).toEqual([])
        expect(up.filter((at) => !rows.up.some((row) => row.test(at)))).toEqual([])
      }),
    )
  })

  it('passes through its own version as the same reference', () => {
    fc.assert(
      fc.property(randomDocument(newer[name], true), (document) => {
        expect(lift(name, '2.3.0', document, 'whole')).toEqual({ document, unmapped: null, losses: [] })
        const lowered = lower(name, '2.3.0', document, 'whole')
        expect(lowered.kind === 'document' && lowered.document === document).toBe(true)
      }),
    )
  })

  it('is valid in 2.2.1 after lowering a PATCH, or withheld with a reason', () => {
    fc.assert(
      fc.property(randomPatch(newer[name]), (patch) => {
        const lowered = lower(name, '2.2.1', patch, 'patch')
        if (lowered.kind === 'withheld') expect(lowered.reason).not.toBe('')
        else expect(errorsOf(older[name], lowered.document, 'patch')).toEqual([])
      }),
    )
  })

  it('is stored as it was sent when its lens keeps the shape and nothing was set aside', () => {
    fc.assert(
      fc.property(randomDocument(older[name], true), (sent) => {
        const { document, unmapped } = lift(name, '2.2.1', sent, 'whole')
        if (keepsShape(name, '2.2.1') && unmapped === null) expect(document).toBe(sent)
      }),
    )
  })

  it('does not throw on any part of its fields, null included, and gives a lifted PATCH back', () => {
    fc.assert(
      fc.property(randomPatch(older[name], true), randomPatch(newer[name], true), (patch, down) => {
        const { document, unmapped } = lift(name, '2.2.1', frozen(patch), 'patch')
        const back = lower(name, '2.2.1', frozen(document), 'patch', unmapped)
        if (back.kind === 'document') expect(back.document).toEqual(patch)
        lower(name, '2.2.1', frozen(down), 'patch')
      }),
    )
  })
})
