import type { PartnerProfileStore, PartnerStore, PartyStore } from '@interwatt/store'
import { describe, expect, it } from 'vitest'
import { openDirectory } from './partner-directory.js'

describe('the directory', () => {
  it('reads again after a load that the database did not answer', async () => {
    let answers = true
    let loads = 0
    const parties: Pick<PartyStore, 'list'> = {
      list: async () => {
        loads += 1
        if (!answers) throw new Error('the database did not answer')
        const party = { countryCode: 'DE', partyId: `N${loads}` }
        return [{ party, roles: ['CPO'], businessDetails: { name: 'Node' } }]
      },
    }
    const partners: Pick<PartnerStore, 'list' | 'allTokens'> = {
      list: async () => [],
      allTokens: async () => [],
    }
    const profiles: Pick<PartnerProfileStore, 'all'> = { all: async () => new Map() }
    const sources = {
      partners: partners as PartnerStore,
      parties: parties as PartyStore,
      profiles: profiles as PartnerProfileStore,
    }
    const directory = await openDirectory(sources, () => 0)
    answers = false
    await expect(directory.reload()).rejects.toThrow('did not answer')
    answers = true
    await directory.reload()
    expect(directory.hosted()[0]?.party.partyId).toBe('N3')
    await Promise.all([directory.reload(), directory.reload(), directory.reload()])
    expect(loads).toBe(4)
  })
})
