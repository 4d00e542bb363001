import { describe, expect, it } from 'vitest'
import { captureOf, eftLines, reachesLimit } from './capture.js'

const charged = { before_taxes: 0.1, taxes: [{ name: 'VAT', amount: 0.2 }] }

describe('a capture', () => {
  it('is what the CDR says, to the cent (PAY-031, PAY-032)', () => {
    expect(captureOf(charged, 60)).toEqual({ status: 'SUCCESS', total: charged, amount: '0.3' })
    expect(captureOf(charged, 0.3)).toMatchObject({ status: 'SUCCESS' })
  })

  it('is never more than was reserved, and says so (PAY-031)', () => {
    expect(captureOf({ before_taxes: 61 }, 60)).toEqual({
      status: 'PARTIAL_SUCCESS',
      total: { before_taxes: 60 },
      amount: '60',
    })
  })

  it('stops a session that reaches the amount reserved (PAY-030)', () => {
    expect(reachesLimit(charged, 0.3)).toBe(true)
    expect(reachesLimit(charged, 0.31)).toBe(false)
  })

  it('prints no card number (PAY-036)', () => {
    expect(eftLines('0.3', 'EUR', 7)).toEqual([
      'Girocard',
      'Nr: **** **** **** 4711',
      'Trace: 000007',
      'Amount: EUR 0.3',
    ])
  })
})
