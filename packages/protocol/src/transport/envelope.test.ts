import { expect, test } from 'vitest'
import { envelopeText, isSuccess, readEnvelope, statusClass } from './envelope.js'

test.each([
  [1950, 'success'],
  [2999, 'client_error'],
  [3001, 'server_error'],
  [4003, 'hub_error'],
  [9000, 'unknown'],
])('TRN-037 reads code %i by its thousands digit', (code, expected) => {
  expect(statusClass(code)).toBe(expected)
})

test.each([
  [200, 1000, true],
  [201, 1000, true],
  [200, 1950, true],
  [200, 2001, false],
  [500, 1000, false],
  [404, 2003, false],
])('TRN-036 HTTP %i with code %i: success is %s', (http, code, expected) => {
  expect(isSuccess(http, code)).toBe(expected)
})

test('TRN-035 accepts the status code as text', () => {
  expect(readEnvelope({ status_code: '1000' })?.statusCode).toBe(1000)
})

test.each([
  [null],
  ['x'],
  [[]],
  [{}],
  [{ status_code: 12 }],
  [{ status_code: '10x0' }],
  [{ status_code: 1000.5 }],
])('reads %j as no envelope', (value) => {
  expect(readEnvelope(value)).toBeUndefined()
})

test('TRN-040 keeps data of any kind', () => {
  expect(readEnvelope({ status_code: 1000, data: 'ACCEPTED' })?.data).toBe('ACCEPTED')
})

test('TRN-030 writes code, message and time around ready text', () => {
  const text = envelopeText({ statusCode: 2001, statusMessage: 'a "b"', dataText: '[1.50]', timestamp: 'T' })
  expect(text).toBe('{"data":[1.50],"status_code":2001,"status_message":"a \\"b\\"","timestamp":"T"}')
})

test('TRN-038 leaves data out when there is none', () => {
  expect(JSON.parse(envelopeText({ statusCode: 1000, timestamp: 'T' }))).toEqual({
    status_code: 1000,
    timestamp: 'T',
  })
})
