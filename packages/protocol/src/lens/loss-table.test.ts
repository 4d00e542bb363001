import { describe, expect, it } from 'vitest'
import type { EnumSchema, ObjectSchema, Schema, TextSchema } from '../schema/index.js'
import { lossTable } from './loss-table.js'
import { namesIn, schemaIn } from './testing/random-document.js'

const widened = (older: EnumSchema, newer: EnumSchema): boolean =>
  newer.open !== older.open || newer.values.some((value) => !older.values.includes(value))

const isNarrower = (newer: TextSchema, older: TextSchema): boolean =>
  (newer.max ?? Number.POSITIVE_INFINITY) <= (older.max ?? Number.POSITIVE_INFINITY) &&
  (newer.type === older.type || (newer.type === 'CiString' && older.type === 'string'))

/** Pointers at which the newer schema allows what the older one does not. */
const gaps = (older: Schema, newer: Schema, pointer: string): readonly string[] => {
  if (older.kind === 'enum' && newer.kind === 'enum') return widened(older, newer) ? [pointer] : []
  if (older.kind === 'text' && newer.kind === 'text') return isNarrower(newer, older) ? [] : [pointer]
  if (older.kind === 'object' && newer.kind === 'object') return fieldGaps(older, newer, pointer)
  return older.kind === newer.kind ? [] : [pointer]
}

const fieldGaps = (older: ObjectSchema, newer: ObjectSchema, pointer: string): readonly string[] =>
  Object.entries(newer.fields).flatMap(([name, field]) => {
    const before = older.fields[name]
    const list = field.card === '*' || field.card === '+' ? '/*' : ''
    if (before === undefined) return [`${pointer}/${name}`]
    return gaps(before.schema, field.schema, `${pointer}/${name}${list}`)
  })

/** Fields that cross under another name or in another form without any loss. */
const renamed: Readonly<Record<string, readonly string[]>> = {
  '2.2.1': ['/before_taxes', '/after_taxes', '/hub_party_id'],
  '2.1.1': [
    '/max_voltage',
    '/max_amperage',
    '/start_date_time',
    '/end_date_time',
    '/contract_id',
    '/category',
  ],
}

/** What was required to be there and came to be optional, or the other way round, has rows of its own. */
const pairs = [
  ['2.1.1', '2.2.1'],
  ['2.2.1', '2.3.0'],
] as const

describe('lossTable', () => {
  const tables = pairs.flatMap(([older, newer]) => namesIn(older).map((name) => ({ older, newer, name })))

  it.each(tables)('answers every difference of $name between $older and $newer', ({ older, newer, name }) => {
    const rows = lossTable().filter((row) => row.document === name && row.from === newer)
    const open = gaps(schemaIn(older, name), schemaIn(newer, name), '').filter(
      (gap) =>
        !renamed[older]?.some((field) => gap.endsWith(field)) && !rows.some((row) => gap === row.pointer),
    )
    expect(open).toEqual([])
  })

  it('names versions, pointers and reasons', () => {
    expect(lossTable()).toContainEqual({
      document: 'location',
      from: '2.3.0',
      to: '2.2.1',
      pointer: '/help_phone',
      reason: expect.any(String),
    })
    expect(lossTable().some((row) => row.document === 'stop_session')).toBe(false)
  })
})
