import { expect, test } from 'vitest'
import { contentHash, contentOfRemainder } from './content-hash.js'

const hash = (document: { [field: string]: unknown }, unmapped: unknown = null): string =>
  contentHash({ document, unmapped })

test('the order of keys does not count, at any depth', () => {
  expect(hash({ a: 1, b: { c: [1, { d: 2, e: 3 }] } })).toBe(hash({ b: { c: [1, { e: 3, d: 2 }] }, a: 1 }))
})

test('last_updated of the object and of its connectors does not count (LOC-096)', () => {
  const evse = (time: string) => ({
    uid: 'E',
    connectors: [{ id: '1', last_updated: time }],
    last_updated: time,
  })
  expect(hash(evse('2026-01-01T00:00:00Z'))).toBe(hash(evse('2026-02-02T00:00:00Z')))
})

test('values, order of lists, extra fields and unmapped fields count', () => {
  const hashes = [
    hash({ a: [1, 2] }),
    hash({ a: [2, 1] }),
    hash({ a: ['1', 2] }),
    hash({ a: [1, 2], x_vendor: null }),
    hash({ a: [1, 2] }, { old: true }),
    hash({ a: [1, 2], other: { last_updated: '2026-01-01T00:00:00Z' } }),
    hash({ a: [1, 2], other: { last_updated: '2026-01-02T00:00:00Z' } }),
  ]
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('fractions of seconds that an older version does not have do not count (LOC-096)', () => {
  const time = (sent: string) => ({ fields: { last_updated: { was: 'T', sent } } })
  const parts = (sent: string) => ({
    fields: { ...time(sent).fields, connectors: { items: { '1': time(sent) }, by: 'id' } },
  })
  expect(hash({ a: 1 }, parts('T.1'))).toBe(hash({ a: 1 }, parts('T.2')))
  expect(contentOfRemainder(parts('T.1'))).toBeNull()
  const named = {
    fields: {
      ...time('T.1').fields,
      connectors: { items: { '1': { fields: { max_voltage: { sent: 1 } } } }, by: 'id' },
    },
  }
  expect(hash({ a: 1 }, named)).not.toBe(hash({ a: 1 }, parts('T.1')))
})
