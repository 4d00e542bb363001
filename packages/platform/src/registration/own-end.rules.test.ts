import { partyOf } from '@interwatt/protocol'
import { describe, expect, it } from 'vitest'
import { chooseEnd, connectsParties, wishOf } from './own-end.rules.js'

const hosts = (...parties: [string, ...string[]][]) =>
  parties.map(([id, ...roles]) => ({ party: partyOf('DE', id), roles, businessDetails: { name: id } }))

describe('our end of a connection between one party each (ROL-006)', () => {
  it('is plain when only one fits', () => {
    expect(chooseEnd(hosts(['ABC', 'CPO', 'NSP']), {})).toEqual({
      end: { role: 'CPO', party: partyOf('DE', 'ABC') },
    })
    const two = hosts(['ABC', 'CPO'], ['XYZ', 'EMSP'])
    expect(chooseEnd(two, { role: 'EMSP' })).toMatchObject({ end: { party: { partyId: 'XYZ' } } })
    expect(chooseEnd(two, { party: partyOf('de', 'abc') })).toMatchObject({ end: { role: 'CPO' } })
  })

  it('has to be said when several fit, and the problem names them', () => {
    const choice = chooseEnd(hosts(['ABC', 'CPO', 'EMSP'], ['XYZ', 'CPO']), { role: 'CPO' })
    expect(choice).toEqual({ unclear: expect.stringContaining('DE*ABC as CPO, DE*XYZ as CPO') })
  })

  it('is none when nobody here plays the role', () => {
    expect(chooseEnd(hosts(['MAP', 'NSP']), {})).toEqual({ unclear: expect.stringContaining('not hosted') })
  })

  it('stays what it was, or follows from the role of the partner', () => {
    const role = (name: string) => ({ role: name, party: partyOf('NL', 'XYZ'), businessDetails: {} })
    const own = { role: 'CPO', party: partyOf('DE', 'ABC') } as const
    expect(wishOf({ own, roles: [] })).toEqual(own)
    expect(wishOf({ roles: [role('CPO')] })).toEqual({ role: 'EMSP' })
    expect(wishOf({ own: null, roles: [role('CPO'), role('EMSP')] })).toEqual({})
    expect(wishOf({ roles: [role('NSP')] })).toEqual({})
  })

  it('is a matter of 2.1.1 only', () => {
    expect([connectsParties('2.1.1'), connectsParties('2.2.1'), connectsParties('2.3.0')]).toEqual([
      true,
      false,
      false,
    ])
  })
})
