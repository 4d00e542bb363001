import { describe, expect, it } from 'vitest'
import { ApiFailure, failureFrom, failureKind } from './failure.js'
import { decimal, itemsOf, listOf, Misread, money, number, oneOf, optional, shape, text } from './reading.js'

const thing = shape({ id: text, count: optional(number), state: oneOf(['on', 'off']) })

describe('reading an answer', () => {
  it('takes the fields it knows and leaves out others', () => {
    expect(thing({ id: 'a', state: 'on', more: 1 }, '')).toEqual({ id: 'a', count: null, state: 'on' })
  })

  it.each([
    [{ id: 1, state: 'on' }, '/id is not a text.'],
    [{ id: 'a', state: 'broken' }, '/state is not one of on, off.'],
    [{ id: 'a', count: '1', state: 'on' }, '/count is not a number.'],
    [[], 'The answer is not an object.'],
    [undefined, 'The answer is not an object.'],
  ])('says where %j is not as expected', (value, complaint) => {
    expect(() => thing(value, '')).toThrow(new Misread(complaint))
  })

  it('reads lists by item', () => {
    expect(itemsOf(text)({ items: ['a', 'b'] }, '')).toEqual(['a', 'b'])
    expect(() => listOf(text)(['a', 2], '')).toThrow('/1 is not a text.')
    expect(() => itemsOf(text)({}, '')).toThrow('/items is not a list.')
  })

  it('keeps decimals exact, as text', () => {
    expect(money({ amount: '0.10', currency: 'EUR' }, '')).toEqual({ amount: '0.10', currency: 'EUR' })
    expect(decimal(12.5, '')).toBe('12.5')
    expect(() => decimal('12,5', '')).toThrow(Misread)
    expect(() => decimal(Number.NaN, '')).toThrow(Misread)
  })
})

describe('a failure', () => {
  it.each([
    [0, 'offline'],
    [401, 'sign-in'],
    [403, 'forbidden'],
    [404, 'missing'],
    [409, 'refused'],
    [422, 'refused'],
    [429, 'too-many'],
    [500, 'trouble'],
    [503, 'trouble'],
    [200, 'unexpected'],
  ])('with status %i is of the kind %s', (status, kind) => {
    expect(new ApiFailure(status, '', '').kind).toBe(kind)
  })

  it('carries what the problem document says', () => {
    const failure = failureFrom(422, {
      type: 'urn:interwatt:problem:no-such-car',
      detail: 'A car needs a name.',
      findings: [{ pointer: '/name', message: 'is missing' }, 3],
    })
    expect(failure).toMatchObject({
      type: 'urn:interwatt:problem:no-such-car',
      detail: 'A car needs a name.',
      complaints: [
        { pointer: '/name', message: 'is missing' },
        { pointer: '', message: '' },
      ],
    })
  })

  it('is understood where the answer is no problem document', () => {
    expect(failureFrom(502, '<html>')).toMatchObject({
      kind: 'trouble',
      type: '',
      detail: '',
      complaints: [],
    })
    expect(failureKind(new TypeError('no'))).toBe('unexpected')
  })
})
