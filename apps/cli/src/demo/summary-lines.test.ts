import colors from 'picocolors'
import { describe, expect, it } from 'vitest'
import type { DemoSummary, EmspSummary } from './summary.js'
import { summaryLines } from './summary-lines.js'

const side = {
  operator_api: 'http://node/api/v1',
  locations: 2,
  evses: 3,
  tariffs: 2,
  sessions: 1,
  cdrs: 1,
}
const bills = { sessions: 1, cdrs: 1, totals: { EUR: { net: '1.00', gross: '1.19' } } }
const netBills = { ...bills, totals: { EUR: { net: '1.00', gross: null } } }

const emsp = (version: string, change: Partial<EmspSummary> = {}): EmspSummary => ({
  ...side,
  ...bills,
  party: 'NL*IWM',
  version,
  registered: true,
  taxes_told: true,
  at_cpo: bills,
  agree: true,
  differences: [],
  withheld: [],
  crossing: { checked: 0, with_losses: 0, losses: [] },
  cdrs_delivered: 1,
  ...change,
})

const loss = { kind: 'locations', reason: 'no such field', objects: 2 } as const
const oldest = emsp('2.1.1', {
  ...netBills,
  party: 'SE*IWS',
  taxes_told: false,
  at_cpo: netBills,
  tariffs: 1,
  withheld: [{ kind: 'tariffs', id: 'T2', reason: 'prices by current' }],
  crossing: {
    checked: 4,
    with_losses: 2,
    losses: [
      { ...loss, pointer: '/state' },
      { ...loss, pointer: '/help_phone' },
    ],
  },
})

const summary = (emsps: readonly [EmspSummary, ...EmspSummary[]]): DemoSummary => ({
  ok: true,
  reason: null,
  ocpi_version: emsps[0].version,
  duration_s: 9,
  cpo: { ...side, ...bills, party: 'DE*IWC', sessions: emsps.length, cdrs: emsps.length },
  emsp: emsps[0],
  emsps,
  card_payments: null,
  agree: true,
  differences: [],
  this_run: {
    pushes: 1,
    pulls: 1,
    commands: 1,
    authorizations: 1,
    refused: 0,
    registered: true,
    sessions_started: 1,
    cdrs_written: 1,
    cdrs_delivered: 1,
    cdrs_disputed: 0,
    cdrs_reconciled: { cpo: 1, emsp: 1 },
    billing_faults: [],
    start_faults: [],
    first_cdr_s: 5,
    failures: {},
  },
})

const faulty = (found: boolean): DemoSummary => {
  const one = summary([emsp('2.3.0')])
  const fault = { cdr: 'cdr-1', fault: 'vat-twice', named: found ? 'vat-twice' : null, found, findings: [] }
  return {
    ...one,
    this_run: { ...one.this_run, cdrs_reconciled: { cpo: 1, emsp: 0 }, billing_faults: [fault] },
  }
}

const linesOf = (...emsps: [EmspSummary, ...EmspSummary[]]): readonly string[] =>
  summaryLines(summary(emsps), { width: 100, paint: colors.createColors(false) })

/** Cells of the row that begins so. */
const row = (lines: readonly string[], name: string): readonly string[] | undefined =>
  lines.find((line) => line.startsWith(name))?.split(/ {2,}/)

describe('summaryLines', () => {
  it('says of every charge that failed what the nodes said, and where that was not the cause', () => {
    const one = summary([emsp('2.3.0')])
    const said = {
      ...{
        fault: 'evse-blocked',
        caused_by: 'driver',
        does: 'parks at the station',
        driver: 'It is blocked.',
      },
      ...{
        expected: ['evse_blocked'],
        code: 'evse_blocked',
        support: 'A car stands there.',
        explained: true,
      },
    }
    const wrong = { ...said, fault: 'partner-slow', code: null, support: null, explained: false }
    const lines = summaryLines(
      { ...one, this_run: { ...one.this_run, start_faults: [said, wrong] } },
      { width: 100, paint: colors.createColors(false) },
    )
    const from = lines.findIndex((line) => line.startsWith('WHY CHARGES FAILED'))
    expect(lines.slice(from, from + 5)).toEqual([
      'WHY CHARGES FAILED  1 of 2 explained with the right cause',
      '  ok  evse-blocked: the driver parks at the station',
      '      evse_blocked. A car stands there.',
      '  NO  partner-slow: the driver parks at the station',
      '      not explained. ',
    ])
  })

  it('puts two sides beside each other without words about versions', () => {
    const lines = linesOf(emsp('2.3.0'))
    expect(row(lines, 'HELD NOW')).toEqual(['HELD NOW', 'CPO DE*IWC', 'eMSP NL*IWM'])
    expect(row(lines, 'CDRs')).toEqual(['CDRs', '1', '1', 'equal'])
    expect(lines.join('\n')).not.toMatch(/CROSSING|By version/)
    expect(lines.at(-1)).toBe('Both sides agree.')
  })

  it('says of several versions what adds up, what is withheld and what is net only', () => {
    const lines = linesOf(emsp('2.3.0'), oldest)
    expect(row(lines, 'HELD NOW')?.slice(2)).toEqual(['2.3.0 NL*IWM', '2.1.1 SE*IWS'])
    expect(row(lines, 'tariffs')).toEqual(['tariffs', '2', '2', '1', '1 withheld'])
    expect(row(lines, 'CDRs')).toEqual(['CDRs', '2', '1', '1', 'adds up'])
    expect(row(lines, 'EUR gross')?.slice(2)).toEqual(['1.19', 'net only', 'equal'])
    expect(row(lines, 'By version')?.[1]).toBe('1 in 2.3.0, 1 in 2.1.1 (confirmed without VAT)')
  })

  it('tells the most frequent loss of each kind of object', () => {
    const lines = linesOf(emsp('2.3.0'), oldest)
    const from = lines.indexOf('WHAT THE CROSSING COST')
    expect(lines.slice(from + 1, from + 5)).toEqual([
      'To 2.1.1: 2 of 4 objects not one to one, most often',
      '  - tariff T2 is withheld: prices by current',
      '  - location /state: no such field (2)',
      '  - and 1 other kind of loss, all in --json',
    ])
  })

  it('puts the two sides of card payments beside each other, and says how the cards fared', () => {
    const held = {
      terminals: 1,
      sessions: 2,
      cdrs: 2,
      confirmations: 2,
      charged: { EUR: { net: '10', gross: '11.905' } },
      captured: { EUR: '11.905' },
    }
    const lines = summaryLines(
      {
        ...summary([emsp('2.3.0')]),
        card_payments: {
          ocpi_version: '2.3.0',
          operator_api: 'http://ptp/api/v1',
          registered: true,
          wanted: 3,
          paid: 2,
          disputed: 0,
          released: { 'no CDR arrived': 1 },
          cpo: { ...held, party: 'DE*IWC' },
          ptp: { ...held, party: 'AT*IWP', confirmations: 3 },
          agree: false,
          differences: ['x'],
        },
      },
      { width: 100, paint: colors.createColors(false) },
    )
    expect(row(lines, 'CARD PAYMENTS')).toEqual(['CARD PAYMENTS', 'CPO DE*IWC', 'PTP AT*IWP'])
    expect(row(lines, 'confirmations')).toEqual(['confirmations', '2', '3', 'differs'])
    expect(row(lines, 'EUR captured')).toEqual(['EUR captured', '11.91', '11.91', 'equal'])
    expect(row(lines, 'Card payments')?.[1]).toBe('2 of 3 paid, 1 card released without a session')
  })

  it('says what both sides recomputed', () => {
    expect(row(linesOf(emsp('2.3.0')), 'Reconciled')?.[1]).toBe(
      'CDRs recomputed line by line: all 1 by the CPO before billing, all 1 by the eMSP',
    )
  })

  it('says how the CPO overcharged and whether that was found', () => {
    const screen = { width: 100, paint: colors.createColors(false) }
    const found = summaryLines(faulty(true), screen)
    expect(row(found, 'vat-twice')).toEqual(['vat-twice', '1', '1', 'found and named'])
    expect(row(found, 'Reconciled')?.[1]).toContain('0 of 1 by the eMSP')
    expect(row(summaryLines(faulty(false), screen), 'vat-twice')).toEqual(['vat-twice', '1', '0', '1 missed'])
  })

  it('says that an eMSP differs from what the CPO holds for it', () => {
    const lines = linesOf(emsp('2.3.0'), { ...oldest, agree: false, cdrs: 0, totals: {} })
    expect(row(lines, 'CDRs')?.at(-1)).toBe('differs')
    expect(row(lines, 'EUR net')?.at(-1)).toBe('differs')
  })
})
