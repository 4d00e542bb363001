import { describe, expect, it } from 'vitest'
import type { EnumSchema, ObjectSchema, Schema } from '../schema/index.js'
import { lossTable } from './loss-table.js'
import { objectNames, schemas } from './testing/random-document.js'

const widened = (older: EnumSchema, newer: EnumSchema): boolean =>
  newer.open !== older.open || newer.values.some((value) => !older.values.includes(value))

/** Pointers at which the newer schema allows what the older one does not. */
const gaps = (older: Schema, newer: Schema, pointer: string): readonly string[] => {
  if (older.kind === 'enum' && newer.kind === 'enum') return widened(older, newer) ? [pointer] : []
  if (older.kind === 'text' && newer.kind === 'text')
    return older.max === newer.max && older.type === newer.type ? [] : [pointer]
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

/** Fields that cross under another name without any loss. */
const renamed = ['/before_taxes', '/after_taxes', '/hub_party_id']

describe('lossTable', () => {
  it.each(objectNames)('answers every difference between the field tables of %s', (name) => {
    const rows = lossTable().filter((row) => row.document === name && row.from === '2.3.0')
    const open = gaps(schemas['2.2.1'][name], schemas['2.3.0'][name], '').filter(
      (gap) => !renamed.some((field) => gap.endsWith(field)) && !rows.some((row) => gap === row.pointer),
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
