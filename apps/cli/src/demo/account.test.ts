import { describe, expect, it } from 'vitest'
import { createNarrator } from './account.js'

const at = '2026-11-08T09:00:00Z'
const metered = {
  at,
  type: 'session.metered',
  session: 's',
  kwh: 1,
  powerKw: 11,
  socPercent: 40,
  net: 1,
  gross: 1.19,
  currency: 'EUR',
} as const

describe('the narrator', () => {
  it('gives a session one small number from start to CDR', () => {
    const narrate = createNarrator([])
    const started = narrate({
      at,
      type: 'session.started',
      session: 'ses-x-1',
      evse: 'L/E',
      tokenUid: 'T',
      by: 'card',
    })
    const received = narrate({
      at,
      type: 'cdr.received',
      cdr: 'cdr-x-1',
      net: 1,
      gross: 1.19,
      currency: 'EUR',
      ownNet: 1,
      agrees: true,
    })
    expect(started?.text).toBe('session 1 starts by card at L/E')
    expect(received).toMatchObject({ who: 'eMSP', text: 'CDR of session 1 received; own calculation agrees' })
  })

  it('tells of the meter of a session only now and then', () => {
    let now = 10_000
    const narrate = createNarrator([], () => now)
    expect(narrate(metered)?.text).toContain('1.0 kWh at 11.0 kW')
    expect(narrate(metered)).toBeUndefined()
    expect(narrate({ ...metered, session: 'other' })).toBeDefined()
    now += 5_000
    expect(narrate(metered)).toBeDefined()
  })

  it('marks what goes wrong', () => {
    const narrate = createNarrator([])
    expect(narrate({ at, type: 'trouble', door: 'emsp', doing: 'x', reason: 'y' })).toMatchObject({
      who: 'eMSP',
      tone: 'bad',
    })
    expect(
      narrate({ at, type: 'command.finished', command: 'START_SESSION', id: '1', result: 'TIMEOUT' })?.tone,
    ).toBe('bad')
  })
})
