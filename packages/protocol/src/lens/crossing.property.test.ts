import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DocumentName } from '../contract/endpoint.js'
import { contentEquals, holds, isJsonObject, type JsonObject } from '../json/json-object.js'
import type { ObjectSchema } from '../schema/index.js'
import { checkDocument } from '../validation/index.js'
import { crossings, keepsShape, lift, liftThrough, lower, lowerThrough, type Pair } from './crossing.js'
import type { CrossingFacts } from './facts.js'
import type { Form, Loss } from './lens.js'
import { lossTable } from './loss-table.js'
import { namesIn, objectNames, randomDocument, randomPatch, schemaIn } from './testing/random-document.js'
import { surroundingsOf } from './testing/surroundings.js'

const declared = (name: string, from: string, to: string): readonly RegExp[] =>
  lossTable()
    .filter((row) => row.document === name && row.from === from && row.to === to)
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

/** Each pair of neighbours, and the whole way from the oldest version to the canonical one. */
const passages = [
  ...crossings.map((pair) => ({ older: pair.older, newer: pair.newer, chain: [pair] })),
  { older: '2.1.1', newer: '2.3.0', chain: crossings },
] as const

/**
 * Ids of 2.1.1 may be longer than those of newer versions and hold other characters; they are never cut or changed (TYP-008),
 * so such documents stay what they are.
 */
const isOlderId = ({ code, pointer }: { readonly code: string; readonly pointer: string }): boolean =>
  (code === 'too_long' || code === 'bad_characters') &&
  /(id|uids?\/\d+|tariff_ids\/\d+|\/type)$/.test(pointer)

/** DateTimes to the second: 2.1.1 has no fractions (TYP-023). */
const toSeconds = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replace(/(T\d\d:\d\d:\d\d)\.\d{1,3}Z/g, '$1Z'))

describe.each(passages)('between $older and $newer', ({ older: olderId, newer: newerId, chain }) => {
  const between: readonly Pair[] = chain
  const up = (name: DocumentName, document: JsonObject, form: Form, facts?: CrossingFacts) =>
    liftThrough(between, name, document, form, facts)
  const down = (
    name: DocumentName,
    document: JsonObject,
    form: Form,
    given: { readonly unmapped?: unknown; readonly facts?: CrossingFacts } = {},
  ) => lowerThrough(between, name, document, form, given)

  const place = randomDocument(schemaIn(newerId, 'location'))
  const olderDocument = (name: (typeof objectNames)[number]) => randomDocument(schemaIn(olderId, name), true)
  const newerDocument = (name: (typeof objectNames)[number]) => randomDocument(schemaIn(newerId, name), true)

  describe.each(namesIn(olderId))('%s', (name) => {
    it('is given back exactly in the version it came in, unknown fields included', () => {
      fc.assert(
        fc.property(olderDocument(name), place, (sent, location) => {
          const facts = surroundingsOf(sent, location)
          const lifted = up(name, frozen(sent), 'whole', facts)
          const unmapped = jsonCopy(lifted.unmapped)
          for (const known of [{}, facts]) {
            const back = down(name, frozen(lifted.document), 'whole', { unmapped, facts: known })
            expect(back.kind).toBe('document')
            if (back.kind === 'document' && unmapped !== null) {
              expect(back.document).toEqual(sent)
              expect(back.losses).toEqual([])
            }
          }
          const back = down(name, frozen(lifted.document), 'whole', { unmapped })
          expect(back.kind === 'document' && back.document).toEqual(sent)
        }),
      )
    })

    it('keeps nothing aside when lowering alone gives back what was sent', () => {
      fc.assert(
        fc.property(olderDocument(name), (sent) => {
          const { document, unmapped } = up(name, sent, 'whole')
          const back = down(name, document, 'whole')
          const gaveBack = back.kind === 'document' && contentEquals(back.document, sent)
          expect(unmapped === null).toBe(gaveBack)
        }),
      )
    })

    it('is valid in the newer version when it was valid in the older one', () => {
      fc.assert(
        fc.property(olderDocument(name), place, (sent, location) => {
          const { document } = up(name, sent, 'whole', surroundingsOf(sent, location))
          const errors = errorsOf(schemaIn(newerId, name), document)
          expect(errors.filter((finding) => !isOlderId(finding))).toEqual([])
        }),
      )
    })

    it('is valid in the older version after lowering, or withheld with a reason', () => {
      let lowered = 0
      fc.assert(
        fc.property(newerDocument(name), place, (document, location) => {
          const facts = surroundingsOf(document, location)
          const result = down(name, frozen(document), 'whole', { facts })
          if (result.kind === 'withheld') expect(result.reason).not.toBe('')
          else {
            lowered += 1
            expect(errorsOf(schemaIn(olderId, name), result.document)).toEqual([])
          }
        }),
      )
      expect(lowered).toBeGreaterThan(0)
    })

    it('is valid in the older version after lowering a PATCH, or withheld with a reason', () => {
      fc.assert(
        fc.property(randomPatch(schemaIn(newerId, name)), (patch) => {
          const lowered = down(name, patch, 'patch')
          if (lowered.kind === 'withheld') expect(lowered.reason).not.toBe('')
          else expect(errorsOf(schemaIn(olderId, name), lowered.document, 'patch')).toEqual([])
        }),
      )
    })

    it('is stored as it was sent when its lens keeps the shape and nothing was set aside', () => {
      fc.assert(
        fc.property(olderDocument(name), (sent) => {
          const { document, unmapped } = up(name, sent, 'whole')
          const keeps = between.every((pair) => pair.lenses[name].keepsShape)
          if (newerId === '2.3.0') expect(keepsShape(name, olderId)).toBe(keeps)
          if (keeps && unmapped === null) expect(document).toBe(sent)
        }),
      )
    })

    it('does not throw on any part of its fields, null included, and gives a lifted PATCH back', () => {
      const patches = fc.tuple(
        randomPatch(schemaIn(olderId, name), true),
        randomPatch(schemaIn(newerId, name), true),
      )
      fc.assert(
        fc.property(patches, ([patch, other]) => {
          const { document, unmapped } = up(name, frozen(patch), 'patch')
          const back = down(name, frozen(document), 'patch', { unmapped })
          if (back.kind === 'document') expect(back.document).toEqual(patch)
          down(name, frozen(other), 'patch')
        }),
      )
    })
  })
})

describe.each(crossings)('between the neighbours $older and $newer', (pair) => {
  const { older: olderId, newer: newerId } = pair
  const place = randomDocument(schemaIn(newerId, 'location'))

  describe.each(namesIn(olderId))('%s', (name) => {
    const up = (document: JsonObject, facts: CrossingFacts) =>
      liftThrough([pair], name, document, 'whole', facts)
    const down = (document: JsonObject, facts: CrossingFacts) =>
      lowerThrough([pair], name, document, 'whole', { facts })
    const newerDocument = randomDocument(schemaIn(newerId, name), true)
    const olderDocument = randomDocument(schemaIn(olderId, name), true)

    it('names every value that is not the same after a crossing there and back', () => {
      fc.assert(
        fc.property(newerDocument, place, (document, location) => {
          const facts = surroundingsOf(document, location)
          const lowered = down(document, facts)
          if (lowered.kind === 'withheld') return
          const { document: back } = up(lowered.document, facts)
          const exact = contentEquals(toSeconds(lowered.document), lowered.document)
          const [before, after] = exact ? [toSeconds(document), toSeconds(back)] : [document, back]
          const missing = differences(before, after, '', []).filter((at) => !isNoted(at, lowered.losses))
          expect(missing).toEqual([])
        }),
      )
    })

    it('has no loss that is not declared', () => {
      fc.assert(
        fc.property(newerDocument, olderDocument, place, (document, sent, location) => {
          const lowered = down(document, surroundingsOf(document, location))
          const lifted = up(sent, surroundingsOf(sent, location))
          const rows = { up: declared(name, olderId, newerId), down: declared(name, newerId, olderId) }
          const undeclared = (losses: readonly Loss[], known: readonly RegExp[]) =>
            losses.map(({ pointer }) => pointer).filter((at) => !known.some((row) => row.test(at)))
          expect(undeclared(lowered.losses, rows.down)).toEqual([])
          expect(undeclared(lifted.losses, rows.up)).toEqual([])
        }),
      )
    })
  })
})

describe.each(objectNames)('%s', (name) => {
  it('passes through the canonical version as the same reference', () => {
    fc.assert(
      fc.property(randomDocument(schemaIn('2.3.0', name), true), (document) => {
        expect(lift(name, '2.3.0', document, 'whole')).toEqual({ document, unmapped: null, losses: [] })
        const lowered = lower(name, '2.3.0', document, 'whole')
        expect(lowered.kind === 'document' && lowered.document === document).toBe(true)
      }),
    )
  })
})

describe.each(objectNames.filter((name) => !namesIn('2.1.1').some((known) => known === name)))(
  '%s',
  (name) => {
    it('is withheld from a version that does not have it', () => {
      fc.assert(
        fc.property(randomDocument(schemaIn('2.3.0', name), true), (document) => {
          const lowered = lower(name, '2.1.1', document, 'whole')
          expect(lowered.kind === 'withheld' && lowered.reason).toMatch(/version has no/)
        }),
      )
    })
  },
)
