import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonText } from './json-text.js'
import { parseJson } from './parse-json.js'

const EXPONENT_OUTSIDE_TEXT = /"(?:[^"\\]|\\.)*"|(\de[+-]?\d)/g

describe('jsonText', () => {
  it('writes no exponent (TYP-043)', () => {
    expect(jsonText({ price: 1e-7, big: -1.5e21, list: [5e-324] })).toBe(
      `{"price":0.0000001,"big":-1500000000000000000000,"list":[0.${'0'.repeat(323)}5]}`,
    )
  })

  it('leaves texts alone, also those that look like numbers or hold quotes and backslashes', () => {
    const value = { '1e-7': '1e-7', a: '\\', b: 1e-7, c: '"2e+30"', d: '\\"3e-9' }
    expect(JSON.parse(jsonText(value))).toEqual(value)
    expect(jsonText(value)).toContain('"b":0.0000001')
  })

  it('says the same as JSON.stringify, without exponents, for any value', () => {
    const numbers = fc.double({ noNaN: true, noDefaultInfinity: true })
    const values = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.tuple(numbers, fc.constantFrom('"', '\\', '1e-7', '\\"'))),
    )
    fc.assert(
      fc.property(values, (value) => {
        const text = jsonText(value)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        for (const [, exponent] of text.matchAll(EXPONENT_OUTSIDE_TEXT)) expect(exponent).toBeUndefined()
      }),
    )
  })

  it('writes undefined as null', () => {
    expect(jsonText(undefined)).toBe('null')
  })
})

describe('parseJson', () => {
  const messageOf = (text: string) => {
    const read = parseJson(text)
    return read.ok ? undefined : read.message
  }

  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' }), (value) => {
        const text = JSON.stringify(value)
        const read = parseJson(text)
        if (text.includes('\\u0000')) expect(read.ok).toBe(false)
        else expect(read).toEqual({ ok: true, value: JSON.parse(text) })
      }),
    )
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof parseJson(text).ok === 'boolean'))
  })

  it('refuses what is no JSON without quoting it', () => {
    for (const text of ['', '{', '{"token":"secret"', "{'a':1}", 'NaN', '[1,]', '\ufeff{}'])
      expect(messageOf(text)).toBe('the text is not valid JSON')
  })

  it('refuses nesting deeper than 64, however deep', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    expect(messageOf(nested(64))).toBeUndefined()
    expect(messageOf(nested(65))).toContain('deeper than 64')
    expect(parseJson(nested(1_000_000)).ok).toBe(false)
    expect(messageOf(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`)).toContain('deeper than 64')
  })

  it('refuses texts that could not be stored: NUL and half a surrogate pair', () => {
    for (const text of ['"\\u0000"', '{"a":["\\ud800"]}', '{"\\uDC00":1}', '"x\\uD83Dy"'])
      expect(messageOf(text)).toContain('not valid Unicode')
    expect(parseJson('"\\ud83d\\udd0c"')).toEqual({ ok: true, value: '🔌' })
    expect(parseJson('"\\\\u0000"')).toEqual({ ok: true, value: '\\u0000' })
  })

  it('refuses numbers that would turn into null', () => {
    expect(messageOf('[1e999]')).toContain('out of range')
    expect(messageOf('{"a":{"b":-1e400}}')).toContain('out of range')
  })
})
