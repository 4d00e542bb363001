import type { WorldSummary } from '@interwatt/simulator'
import { describe, expect, it } from 'vitest'
import { unexplained, unreconciled } from './summary.js'

const world = (change: Partial<WorldSummary>): WorldSummary => ({
  ...{ sessionsStarted: 2, sessionsEnded: 2, failures: {}, faults: 0, energyKwh: 20, troubles: 0 },
  ...{ writtenBy: {} },
  ...{ cdrsWritten: 2, cdrsReceived: 2, receivedBy: {}, cdrsChecked: 2, cdrsReconciled: 2, cdrsDisputed: 0 },
  ...{ billingFaults: [], startFaults: [], written: {}, received: {} },
  ...change,
})

const fault = { cdr: 'cdr-1', fault: 'vat-twice', findings: ['total_differs'] } as const

describe('a run is reconciled', () => {
  it('when both sides confirm every CDR', () => {
    expect(unreconciled(world({}))).toBeUndefined()
  })

  it('when every CDR that overcharges was found and named', () => {
    const named = { ...fault, named: fault.fault }
    expect(unreconciled(world({ cdrsDisputed: 1, billingFaults: [named] }))).toBeUndefined()
  })

  it('not when the eMSP disputes a CDR that nobody meant to be wrong', () => {
    expect(unreconciled(world({ cdrsDisputed: 1 }))).toBe('1 CDR is not confirmed by the eMSP.')
  })

  it('not when the own check of the CPO fails', () => {
    expect(unreconciled(world({ cdrsChecked: 0 }))).toBe("2 CDRs do not pass the CPO's own check.")
  })

  it('not when an overcharge was missed, or called by another name', () => {
    for (const named of [undefined, 'stale-tariff'] as const)
      expect(unreconciled(world({ cdrsDisputed: 1, billingFaults: [{ ...fault, named }] }))).toBe(
        '1 overcharge not found by the eMSP, such as vat-twice in CDR cdr-1.',
      )
  })
})

describe('faults are explained', () => {
  const slow = {
    ...{ fault: 'partner-slow', causedBy: 'cpo', does: 'does not answer', expected: ['partner_slow'] },
    ...{ code: 'partner_slow', driver: 'It did not answer.', support: 'No answer came.', explained: true },
  }
  it('when the node names the right cause of each', () => {
    expect(unexplained(world({ startFaults: [slow] }))).toBeUndefined()
  })

  it('not when it names another cause, or none', () => {
    for (const code of ['no_result', undefined])
      expect(unexplained(world({ startFaults: [slow, { ...slow, code, explained: false }] }))).toBe(
        `1 fault not explained, such as partner-slow: partner_slow was expected and ${code ?? 'nothing'} said.`,
      )
  })
})
