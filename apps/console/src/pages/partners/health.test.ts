import { expect, test } from 'vitest'
import type { Partner } from '../../api/partners.js'
import { byAttention, healthOf } from './health.js'

const partner = (
  name: string,
  change: Partial<Partner> = {},
  health: Partial<Partner['health']> = {},
): Partner => ({
  id: name,
  name,
  status: 'REGISTERED',
  status_reason: null,
  version: '2.3.0',
  versions_url: null,
  test_partner: false,
  unlock_allowed: false,
  charging_profiles_allowed: false,
  endpoints: [],
  roles: [],
  hub_party: null,
  own: null,
  created_at: '2026-01-01T00:00:00Z',
  registered_at: null,
  health: {
    state: 'up',
    outages: 0,
    retry_at: null,
    last_error: null,
    last_success_at: null,
    cursors: {},
    backlog: {},
    refusals: 0,
    ...health,
  },
  ...change,
})

test('a partner that does not answer is down, and says why', () => {
  const down = partner('a', {}, { outages: 3, last_error: 'connect ECONNREFUSED' })
  expect(healthOf(down)).toMatchObject({
    tone: 'bad',
    word: 'down',
    reason: 'connect ECONNREFUSED 3 attempts in a row failed.',
  })
})

test('partners that need attention come first, the others by name', () => {
  const sorted = byAttention([
    partner('zoe'),
    partner('amy'),
    partner('paused', { status: 'SUSPENDED' }),
    partner('refuses', {}, { refusals: 2 }),
    partner('down', {}, { outages: 1 }),
  ])
  expect(sorted.map(({ name }) => name)).toEqual(['down', 'refuses', 'paused', 'amy', 'zoe'])
})

test('a suspended partner is paused, whatever its last error was', () => {
  expect(healthOf(partner('p', { status: 'SUSPENDED' }, { outages: 5 })).word).toBe('paused')
})
