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
      objections: [],
      fault: undefined,
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

  it('names the version where there are several eMSPs, from the start of a session on', () => {
    const versions = new Map([
      ['NL*IWM', '2.3.0'],
      ['SE*IWS', '2.1.1'],
    ])
    const narrate = createNarrator([], Date.now, versions)
    const session = { session: 's', evse: 'L/E', tokenUid: 'T', by: 'card' } as const
    expect(narrate({ at, type: 'session.started', ...session, emsp: 'SE*IWS' })?.who).toBe(
      'CPO -> eMSP 2.1.1',
    )
    expect(narrate(metered)?.who).toBe('CPO -> eMSP 2.1.1')
    const command = { command: 'START_SESSION', driver: 'D1', id: '1', emsp: 'NL*IWM' } as const
    expect(narrate({ at, type: 'command.sent', ...command })?.who).toBe('eMSP 2.3.0 -> CPO')
    const status = { evse: 'L/E', from: 'AVAILABLE', to: 'CHARGING', cause: 'car' } as const
    expect(narrate({ at, type: 'evse.status', ...status })?.who).toBe('CPO -> eMSPs')
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
