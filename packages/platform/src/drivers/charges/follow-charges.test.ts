import { type ChargeNews, type DriverChargeStore, StoreUnavailable } from '@interwatt/store'
import { expect, test } from 'vitest'
import { followCharges } from './follow-charges.js'

const news = (driverId: string): ChargeNews => ({
  driverId,
  source: 'session',
  party: { countryCode: 'DE', partyId: 'CPO' },
  id: `S-${driverId}`,
  document: { status: 'ACTIVE' },
})

/** Follows news of two drivers; what is known of the first cannot be read. */
const follow = async (failure: Error) => {
  const [told, errors]: [string[], unknown[]] = [[], []]
  const charges: Pick<DriverChargeStore, 'news' | 'unknown' | 'bySession' | 'passed'> = {
    news: async () => ({ news: [news('bad'), news('good')], from: 0, through: 2, isFull: false }),
    unknown: async (driverId) => {
      if (driverId === 'bad') throw failure
      return []
    },
    bySession: async (_party, id) => {
      if (id === 'S-bad') throw failure
      return { id, driverId: 'good', isOpen: true, sharesClock: null } as never
    },
    passed: async (_part, events) => {
      told.push(...events.map(({ subject }) => subject))
      return true
    },
  }
  const deps = {
    charges: charges as DriverChargeStore,
    objects: { currentSeq: async () => 2 },
    now: () => 0,
    logError: (error: unknown) => errors.push(error),
  }
  await followCharges(deps, () => false)
  return { told, errors }
}

test('what cannot be taken in for one driver is told in the log, and holds up no other', async () => {
  const failure = new Error('date/time field value out of range')
  expect(await follow(failure)).toEqual({ told: ['S-good'], errors: [failure, failure] })
})

test('a database that is away is waited for: nothing is passed over', async () => {
  await expect(follow(new StoreUnavailable('away'))).rejects.toThrow(StoreUnavailable)
})
