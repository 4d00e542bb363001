import type { StatusChange } from '@interwatt/store'
import { describe, expect, it } from 'vitest'
import { type EvseNow, statusBars, UNTOLD } from './status-bars.rules.js'

const RANGE = { from: '2026-03-01T00:00:00.000Z', to: '2026-03-02T00:00:00.000Z' }
const at = (hour: number): string => `2026-03-01T${String(hour).padStart(2, '0')}:00:00.000Z`
const evse = (status: string, lastUpdated: string): EvseNow => ({
  key: 'LOC1/E1',
  uid: 'E1',
  evseId: null,
  status,
  lastUpdated,
})
const change = (hour: number, before: string | null, status: string): StatusChange => ({
  evse: 'LOC1/E1',
  status,
  before,
  arrivedAt: at(hour),
  saidAt: at(hour),
  receivedFrom: null,
})

describe('the statuses of an EVSE over a day', () => {
  it('begin with what it was before the first change', () => {
    const [bar] = statusBars(
      [evse('AVAILABLE', at(18))],
      [change(6, 'AVAILABLE', 'CHARGING'), change(18, 'CHARGING', 'AVAILABLE')],
      RANGE,
    )
    expect(bar?.spans.map(({ status, from }) => [status, from])).toEqual([
      ['AVAILABLE', at(0)],
      ['CHARGING', at(6)],
      ['AVAILABLE', at(18)],
    ])
    expect(bar?.seconds).toEqual({ AVAILABLE: 12 * 3600, CHARGING: 12 * 3600 })
  })

  it('are unknown before it was there', () => {
    const [bar] = statusBars([evse('AVAILABLE', at(6))], [change(6, null, 'AVAILABLE')], RANGE)
    expect(bar?.seconds).toEqual({ [UNTOLD]: 6 * 3600, AVAILABLE: 18 * 3600 })
  })

  it('without a change are the present one, as far back as it says to have it', () => {
    expect(statusBars([evse('INOPERATIVE', '2026-01-01T00:00:00.000Z')], [], RANGE)[0]?.seconds).toEqual({
      INOPERATIVE: 86_400,
    })
    expect(statusBars([evse('CHARGING', at(12))], [], RANGE)[0]?.seconds).toEqual({
      [UNTOLD]: 43_200,
      CHARGING: 43_200,
    })
  })

  it('add up to the whole day, however short the pieces', () => {
    const quick = Array.from({ length: 999 }, (_, index): StatusChange => {
      const arrivedAt = new Date(Date.parse(at(1)) + index * 333).toISOString()
      return { ...change(1, index % 2 === 0 ? 'A' : 'B', index % 2 === 0 ? 'B' : 'A'), arrivedAt }
    })
    const seconds = Object.values(statusBars([evse('B', at(1))], quick, RANGE)[0]?.seconds ?? {})
    expect(seconds.reduce((sum, each) => sum + each, 0)).toBe(86_400)
    expect(seconds.every(Number.isInteger)).toBe(true)
  })
})
