import { describe, expect, it } from 'vitest'
import { lift, lower } from '../../lens/index.js'
import { reservationNumber } from './v211-v221.lens.js'

describe('the number of a reservation', () => {
  it('is the number it is, else one of ten digits that is always the same', () => {
    expect(reservationNumber('4711')).toBe(4711)
    expect(reservationNumber('0')).toBe(0)
    for (const id of ['04711', '9999999999', '-1', 'R-1', 'ä']) {
      const number = reservationNumber(id)
      expect(number).toBe(reservationNumber(id))
      expect(number).toBeGreaterThanOrEqual(1_000_000_000)
      expect(number).toBeLessThan(2 ** 31)
    }
    expect(reservationNumber('r-1')).toBe(reservationNumber('R-1'))
  })

  it('differs for different ids', () => {
    const numbers = Array.from({ length: 10_000 }, (_, index) => reservationNumber(`RES-${index}`))
    expect(new Set(numbers).size).toBeGreaterThan(9_990)
  })
})

describe('answers and results', () => {
  it('of 2.1.1 get a time to wait; TIMEOUT is no answer any more (commands.md, translation)', () => {
    const up = (result: string) => lift('command_response', '2.1.1', { result }, 'whole').document
    expect(up('ACCEPTED')).toEqual({ result: 'ACCEPTED', timeout: 60 })
    expect(up('TIMEOUT')).toEqual({ result: 'REJECTED', timeout: 60 })
    expect(lift('command_result', '2.1.1', { result: 'UNKNOWN_SESSION' }, 'whole').document).toEqual({
      result: 'FAILED',
    })
  })

  it.each([
    ['ACCEPTED', 'ACCEPTED'],
    ['TIMEOUT', 'TIMEOUT'],
    ['EVSE_OCCUPIED', 'REJECTED'],
    ['FAILED', 'REJECTED'],
    ['CANCELED_RESERVATION', 'REJECTED'],
  ])('%s is %s in 2.1.1', (result, expected) => {
    const message = [{ language: 'en', text: 'why' }]
    expect(lower('command_result', '2.1.1', { result, message }, 'whole')).toMatchObject({
      document: { result: expected },
    })
  })
})
