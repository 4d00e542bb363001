import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEventStore } from '../events/event-store.js'
import type { Command } from '../ports/index.js'
import { type TestDatabase, testDatabase, untilVisible } from '../testing/index.js'
import { createCommandStore } from './command-store.js'

const command = (id: string, more: Partial<Command> = {}): Command => ({
  id,
  direction: 'received',
  type: 'START_SESSION',
  partnerId: 'P1',
  party: { countryCode: 'DE', partyId: 'CPO' },
  partnerParty: { countryCode: 'NL', partyId: 'MSP' },
  request: { location_id: 'LOC1', token: { uid: 'CARD-1' } },
  responseUrl: 'https://msp.example/results/1',
  responseTokenHash: null,
  state: 'ACCEPTED',
  response: 'ACCEPTED',
  result: null,
  message: null,
  deadline: '2026-03-01T10:00:30.000Z',
  sessionId: null,
  correlationId: 'C1',
  createdAt: '2026-03-01T10:00:00.000Z',
  finishedAt: null,
  ...more,
})

describe('a command of a partner', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await testDatabase()
  })
  afterAll(() => test.drop())

  it('that two nodes take at the same moment is stored and told of once (CMD-040)', async () => {
    const store = createCommandStore(test.database)
    const since = '2026-03-01T09:59:30.000Z'
    const take = (each: Command) =>
      store.insertReceived(each, { type: 'command.received', subject: each.id, data: {} }, since)
    const taken = await Promise.all(['A', 'B', 'C', 'D'].map((id) => take(command(id))))
    expect(taken.filter(Boolean)).toHaveLength(1)
    expect(await store.list({ limit: 10 })).toHaveLength(1)
    await untilVisible(test.database)
    expect(await createEventStore(test.database).feed({ after: 0, limit: 10 })).toHaveLength(1)
    // Another request, another address, another partner, or the same one long after: a command of its own.
    expect(await take(command('E', { request: { location_id: 'LOC2', token: { uid: 'CARD-1' } } }))).toBe(
      true,
    )
    expect(await take(command('F', { responseUrl: 'https://msp.example/results/2' }))).toBe(true)
    expect(await take(command('G', { partnerId: 'P2' }))).toBe(true)
    const later = { type: 'command.received', subject: 'H', data: {} }
    expect(await store.insertReceived(command('H'), later, '2026-03-01T10:00:00.000Z')).toBe(true)
  })
})
