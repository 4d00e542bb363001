import { describe, expect, it } from 'vitest'
import { keepsShape, lift } from './crossing.js'

describe('a stored text goes back out untouched', () => {
  it.each(['location', 'evse', 'connector', 'token'] as const)('for a %s that came as 2.2.1', (name) => {
    expect(keepsShape(name, '2.2.1')).toBe(true)
  })

  it.each(['session', 'cdr', 'tariff', 'credentials'] as const)(
    'not for a %s, whose prices or roles change shape',
    (name) => {
      expect(keepsShape(name, '2.2.1')).toBe(false)
    },
  )

  it('only without a remainder: a name the newer version took is set aside', () => {
    const sent = { id: 'LOC1', help_phone: 'what a 2.2.1 partner means by it' }
    expect(lift('location', '2.2.1', sent, 'whole').unmapped).not.toBeNull()
    expect(lift('location', '2.2.1', { id: 'LOC1', note: 'x' }, 'whole')).toMatchObject({
      unmapped: null,
      document: { id: 'LOC1', note: 'x' },
    })
  })
})
