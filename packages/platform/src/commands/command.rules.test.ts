import { describe, expect, it } from 'vitest'
import {
  addressEndsMs,
  judgeExpiry,
  judgePlace,
  judgeStop,
  readResult,
  salvageResponse,
  statesTaking,
  waitSeconds,
} from './command.rules.js'

const evse = (change: object = {}) => ({
  uid: 'E1',
  status: 'AVAILABLE',
  capabilities: ['REMOTE_START_STOP_CAPABLE', 'RESERVABLE', 'UNLOCK_CAPABLE'],
  connectors: [{ id: '1' }],
  ...change,
})

describe('start, reserve and unlock', () => {
  it.each(['START_SESSION', 'RESERVE_NOW', 'UNLOCK_CONNECTOR'] as const)(
    '%s is accepted where the EVSE can do it',
    (type) => {
      expect(judgePlace(type, { evses: [evse()] }, { evse_uid: 'e1' }).result).toBe('ACCEPTED')
    },
  )

  it.each(['START_SESSION', 'RESERVE_NOW', 'UNLOCK_CONNECTOR'] as const)(
    '%s is NOT_SUPPORTED without the capability (CMD-029)',
    (type) => {
      expect(judgePlace(type, { evses: [evse({ capabilities: [] })] }, { evse_uid: 'E1' }).result).toBe(
        'NOT_SUPPORTED',
      )
    },
  )

  it('is REJECTED for an unknown EVSE or connector (CMD-025)', () => {
    expect(judgePlace('START_SESSION', { evses: [evse()] }, { evse_uid: 'E9' }).result).toBe('REJECTED')
    expect(
      judgePlace('START_SESSION', { evses: [evse()] }, { evse_uid: 'E1', connector_id: '9' }).result,
    ).toBe('REJECTED')
  })

  it('is REJECTED without connector_id where one is required (CMD-031)', () => {
    const strict = evse({ capabilities: ['REMOTE_START_STOP_CAPABLE', 'START_SESSION_CONNECTOR_REQUIRED'] })
    expect(judgePlace('START_SESSION', { evses: [strict] }, { evse_uid: 'E1' }).result).toBe('REJECTED')
    expect(
      judgePlace('START_SESSION', { evses: [strict] }, { evse_uid: 'E1', connector_id: '1' }).result,
    ).toBe('ACCEPTED')
  })

  it.each(['INOPERATIVE', 'OUTOFORDER', 'PLANNED', 'REMOVED'])(
    'START_SESSION is REJECTED on an EVSE that is %s (CMD-041)',
    (status) => {
      expect(judgePlace('START_SESSION', { evses: [evse({ status })] }, { evse_uid: 'E1' }).result).toBe(
        'REJECTED',
      )
    },
  )

  it('unlocks an EVSE whatever its status', () => {
    expect(
      judgePlace(
        'UNLOCK_CONNECTOR',
        { evses: [evse({ status: 'OUTOFORDER' })] },
        { evse_uid: 'E1', connector_id: '1' },
      ).result,
    ).toBe('ACCEPTED')
  })

  it('takes any EVSE that can when none is named (CMD-044, CMD-045)', () => {
    const broken = evse({ uid: 'E0', status: 'OUTOFORDER' })
    expect(judgePlace('START_SESSION', { evses: [broken, evse()] }, {}).result).toBe('ACCEPTED')
    expect(judgePlace('START_SESSION', { evses: [broken] }, {}).result).toBe('REJECTED')
    expect(judgePlace('START_SESSION', { evses: [] }, {}).result).toBe('REJECTED')
  })
})

describe('stop', () => {
  it('is UNKNOWN_SESSION for an unknown id, REJECTED for a foreign or ended session (CMD-026, CMD-027)', () => {
    expect(judgeStop(undefined, false).result).toBe('UNKNOWN_SESSION')
    expect(judgeStop({ status: 'ACTIVE' }, false).result).toBe('REJECTED')
    expect(judgeStop({ status: 'COMPLETED' }, true).result).toBe('REJECTED')
    expect(judgeStop({ status: 'ACTIVE' }, true).result).toBe('ACCEPTED')
  })
})

it('a reservation that ends in the past is REJECTED (CMD-039)', () => {
  expect(judgeExpiry(999, 1000).result).toBe('REJECTED')
  expect(judgeExpiry(1001, 1000).result).toBe('ACCEPTED')
})

describe('results', () => {
  it('understands an unknown result as FAILED and an old spelling of success (CMD-074, trap 3)', () => {
    expect(readResult('EXPLODED')).toBe('FAILED')
    expect(readResult(undefined)).toBe('FAILED')
    expect(readResult('SUCCESSFUL')).toBe('ACCEPTED')
    expect(readResult('EVSE_OCCUPIED')).toBe('EVSE_OCCUPIED')
  })

  it('count while the command is open, after its time was up and when its answer was lost (CMD-070)', () => {
    expect(statesTaking('START_SESSION', 'ACCEPTED')).toEqual(['PENDING', 'ACCEPTED', 'TIMEOUT', 'FAILED'])
  })

  it('do not count twice, but a reservation may be cancelled later (CMD-071, CMD-037)', () => {
    expect(statesTaking('START_SESSION', 'CANCELED_RESERVATION')).not.toContain('DONE')
    expect(statesTaking('RESERVE_NOW', 'ACCEPTED')).not.toContain('DONE')
    expect(statesTaking('RESERVE_NOW', 'CANCELED_RESERVATION')).toContain('DONE')
  })

  it('are taken until an hour after their time, those of a reservation until an hour after it (CMD-037, CMD-062, CMD-070)', () => {
    const command = { createdAt: '2026-03-01T10:00:00.000Z', deadline: null, request: {} }
    const endsAt = (change: object) => new Date(addressEndsMs({ ...command, ...change })).toISOString()
    const deadline = '2026-03-01T10:01:00.000Z'
    expect(endsAt({})).toBe('2026-03-01T11:00:00.000Z')
    expect(endsAt({ deadline })).toBe('2026-03-01T11:01:00.000Z')
    expect(endsAt({ deadline, request: { expiry_date: '2026-03-02T10:00:00Z' } })).toBe(
      '2026-03-02T11:00:00.000Z',
    )
    for (const expiry_date of ['2026-03-01T09:00:00Z', 'never', 5])
      expect(endsAt({ deadline, request: { expiry_date } })).toBe('2026-03-01T11:01:00.000Z')
  })

  it('waits between 5 and 600 seconds (trap 16)', () => {
    expect([0, 30, 30_000].map(waitSeconds)).toEqual([5, 30, 600])
  })
})

describe('an answer that is no whole CommandResponse', () => {
  it('counts by its result when it leaves out the timeout, and is awaited for a minute (CMD-069)', () => {
    expect(salvageResponse({ result: 'ACCEPTED' })).toEqual({ result: 'ACCEPTED', timeout: 60 })
  })

  it('counts when it is alone in a list', () => {
    expect(salvageResponse([{ result: 'REJECTED', timeout: 10 }])).toEqual({
      result: 'REJECTED',
      timeout: 10,
    })
  })

  it.each([
    undefined,
    null,
    'ACCEPTED',
    {},
    { result: 'YES' },
    [],
    [{ result: 'ACCEPTED' }, { result: 'REJECTED' }],
  ])('says nothing as %j', (answer) => {
    expect(salvageResponse(answer)).toBeUndefined()
  })

  it('ignores a timeout that is no number', () => {
    expect(salvageResponse({ result: 'ACCEPTED', timeout: 'soon' })).toEqual({
      result: 'ACCEPTED',
      timeout: 60,
    })
  })
})
