import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { enumNames, objectNames, schemaOf } from '../json-schema/index.js'
import * as v230 from '../modules/v230.js'
import type { ObjectSchema, Schema } from '../schema/index.js'
import { arbitraryOf, exampleLocation } from '../testing/index.js'
import { checkDocument, parseDocument } from './document.js'
import { findingCodes } from './finding.js'
import { isUrl } from './read-text.js'

const schemas: readonly Schema[] = (['2.2.1', '2.3.0'] as const).flatMap((version) =>
  [...objectNames(version), ...enumNames(version)].flatMap((name) => schemaOf(version, name) ?? []),
)
const objects = schemas.filter((schema) => schema.kind === 'object')

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}

/** Values that fields are given by mistake. */
const oddity = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    null,
    '',
    '#NA',
    -1,
    1.5,
    '1.5',
    'available',
    [],
    {},
    [null],
    '2026-01-31T12:00:00+01:00',
  ),
)

/** A valid document with some of its values, at any depth, replaced by odd ones. */
const damaged = (schema: ObjectSchema) =>
  fc
    .tuple(
      arbitraryOf(schema),
      fc.array(fc.tuple(fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), oddity), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([document, damages]) =>
      damages.reduce<unknown>((value, [path, odd]) => replaceAt(value, path, odd), document),
    )

const replaceAt = (value: unknown, [step = 0, ...rest]: readonly number[], odd: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return odd
  const keys = Object.keys(value)
  const key = keys[step % Math.max(keys.length, 1)]
  if (key === undefined) return odd
  const replaced = (found: unknown) => (rest.length === 0 ? odd : replaceAt(found, rest, odd))
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? replaced(item) : item))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === key ? replaced(item) : item]),
  )
}

describe('any JSON value', () => {
  it('is read and checked by every schema without throwing, and stays as it is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...schemas),
        fc.jsonValue(),
        fc.constantFrom('whole', 'patch'),
        (schema, value, form) => {
          deepFreeze(value)
          expect(parseDocument(schema, value, form).findings.length).toBeLessThanOrEqual(100)
          expect(checkDocument(schema, value, form).length).toBeLessThanOrEqual(100)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is refused with an error or read, never both and never neither', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...objects).chain((schema) => damaged(schema).map((value) => ({ schema, value }))),
        ({ schema, value }) => {
          deepFreeze(value)
          const read = parseDocument(schema, value, 'whole')
          const errors = read.findings.filter(({ severity }) => severity === 'error')
          expect(read.ok).toBe(errors.length === 0)
          for (const { code, message, rule } of read.findings) {
            expect(findingCodes).toContain(code)
            expect(message).not.toBe('')
            expect(rule).toMatch(/^([A-Z]{2,3}-\d{3}|[a-z0-9_]+)$/)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is repaired once: what was read is read again as the same object', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...objects).chain((schema) => damaged(schema).map((value) => ({ schema, value }))),
        ({ schema, value }) => {
          const first = parseDocument(schema, value, 'whole')
          if (!first.ok) return
          const second = parseDocument(schema, first.value, 'whole')
          expect(second.ok && second.value === first.value).toBe(true)
          expect(second.findings.filter(({ code }) => code === 'repaired')).toEqual([])
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is checked at least as strictly as it is read', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...objects).chain((schema) => damaged(schema).map((value) => ({ schema, value }))),
        ({ schema, value }) => {
          const may = checkDocument(schema, value, 'whole').every(({ severity }) => severity !== 'error')
          const read = parseDocument(schema, value, 'whole')
          if (may) expect(read.ok && read.value === value).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('hostile documents', () => {
  it('may hold names of the prototype chain, which stay plain fields', () => {
    const text = JSON.stringify({ ...exampleLocation(), name: null }).replace(
      /^\{/,
      '{"__proto__":{"id":"evil"},"constructor":1,"toString":null,',
    )
    const read = parseDocument(v230.Location, JSON.parse(text), 'whole')
    if (!read.ok) throw new Error('refused')
    expect(Object.keys(read.value)).toContain('__proto__')
    expect(Object.getPrototypeOf(read.value)).toBe(Object.prototype)
    expect(read.value.id).toBe('LOC-1')
    expect(JSON.stringify(read.value)).toContain('"__proto__":{"id":"evil"}')
  })

  it('get at most 100 findings, errors first, and are refused whatever came before', () => {
    const facilities = Array.from({ length: 500 }, () => null)
    const given = { ...exampleLocation(), facilities, time_zone: 7 }
    const read = parseDocument(v230.Location, given, 'whole')
    expect(read.ok).toBe(false)
    expect(read.findings).toHaveLength(100)
    expect(read.findings[0]?.pointer).toBe('/time_zone')
  })

  it('get at most 100 errors, too', () => {
    const facilities = Array.from({ length: 500 }, () => 7)
    const read = parseDocument(v230.Location, { ...exampleLocation(), facilities }, 'whole')
    expect(read.findings.map(({ severity }) => severity)).toEqual(Array.from({ length: 100 }, () => 'error'))
  })

  it('take linear time: ten times the wrong items, not a hundred times the effort', () => {
    const timeMs = (items: number) => {
      const given = {
        ...exampleLocation(),
        evses: Array.from({ length: items }, (_, index) => ({
          uid: index,
          parking: ['x'],
          connectors: [{}],
        })),
      }
      const begin = performance.now()
      parseDocument(v230.Location, given, 'whole')
      return performance.now() - begin
    }
    timeMs(2_000)
    const small = Math.max(timeMs(5_000), 5)
    expect(timeMs(50_000)).toBeLessThan(small * 50)
  })

  it('with texts built to slow down patterns are refused quickly', () => {
    const long = 'a.'.repeat(500_000)
    const begin = performance.now()
    for (const text of [
      long,
      `https://${long}`,
      `https://${'a-'.repeat(120)} `,
      '1'.repeat(1_000_000),
      `2026-01-31T12:00:00.${'9'.repeat(1_000_000)}`,
    ])
      for (const schema of [
        v230.Image.fields.url.schema,
        v230.Location.fields.last_updated.schema,
        v230.Price.fields.before_taxes.schema,
        v230.GeoLocation.fields.latitude.schema,
      ])
        expect(parseDocument(schema, text, 'whole').ok).toBe(false)
    expect(performance.now() - begin).toBeLessThan(1000)
  })

  it('hold no URL that a URL parser would refuse', () => {
    const host = fc.array(
      fc.constantFrom('a', 'b1', '1', '.', '-', 'xn--', ':', '@', '[', '256', '%', 'ü', '/'),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(host, fc.string({ maxLength: 5 }), (parts, path) => {
        const text = `https://${parts.join('')}/${path}`
        if (isUrl(text)) expect(new URL(text).host).not.toBe('')
      }),
      { numRuns: 2000 },
    )
  })
})
