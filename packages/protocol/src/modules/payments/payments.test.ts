import { describe, expect, it } from 'vitest'
import { lower } from '../../lens/crossing.js'
import { applyPatch } from '../../patch/index.js'
import { checkDocument, parseDocument } from '../../validation/index.js'
import { versions } from '../../versions/index.js'
import { withoutCardNumbers } from './checks.js'
import { ActivatedTerminal, ChangedTerminal, NewTerminal, ReceivedConfirmation } from './received.js'
import { FinancialAdviceConfirmation, Terminal } from './v230.js'

const AT = '2026-03-01T10:00:00Z'

const confirmation = (change: object = {}) => ({
  id: 'FAC1',
  authorization_reference: 'REF-1',
  total_costs: { before_taxes: 9, taxes: [{ name: 'VAT', amount: 1.71 }] },
  currency: 'EUR',
  eft_data: ['Girocard', 'Trace 004711'],
  capture_status_code: 'SUCCESS',
  last_updated: AT,
  ...change,
})

const rules = (findings: readonly { rule: string; severity: string }[]) =>
  findings.map(({ rule, severity }) => `${severity} ${rule}`)

describe('what is taken of a terminal', () => {
  it('may be its id alone when it is new (PAY-006)', () => {
    const read = parseDocument(NewTerminal, { terminal_id: 'T1' }, 'whole')
    expect([read.ok, rules(read.findings)]).toEqual([true, ['warning PAY-006']])
    expect(parseDocument(NewTerminal, { reference: 'S1' }, 'whole').ok).toBe(false)
  })

  it('needs no id in an activation or a PUT, and no time in a PATCH (PAY-012, PAY-013, PAY-016)', () => {
    expect(parseDocument(ActivatedTerminal, { reference: 'S1', last_updated: AT }, 'whole').ok).toBe(true)
    expect(parseDocument(ChangedTerminal, { customer_reference: 'C' }, 'whole').ok).toBe(true)
    expect(parseDocument(ChangedTerminal, { location_ids: ['L1'] }, 'patch').ok).toBe(true)
  })

  it('is any script where people read it (PAY-039)', () => {
    const terminal = { terminal_id: 'T1', address: 'Währinger Straße 1', city: 'Łódź', last_updated: AT }
    expect(checkDocument(Terminal, terminal, 'whole')).toEqual([])
  })

  it('replaces a list whole, leaves an absent one and empties on an empty one (PAY-011)', () => {
    const stored = { terminal_id: 'T1', location_ids: ['L1', 'L2'], evse_uids: ['E1'], last_updated: AT }
    const patched = (patch: object) => applyPatch('terminal', stored, { ...patch })
    expect(patched({ location_ids: ['L3'] })).toMatchObject({
      document: { location_ids: ['L3'], evse_uids: ['E1'] },
    })
    expect(patched({ location_ids: [] })).toMatchObject({ document: { location_ids: [], evse_uids: ['E1'] } })
    expect(patched({ terminal_id: 'T2' })).toHaveProperty('findings')
  })
})

describe('what is taken of a financial advice confirmation', () => {
  it('may hold a Price of an older version and is sent in the new form (PAY-033)', () => {
    const older = confirmation({ total_costs: { excl_vat: 9, incl_vat: 10.71 } })
    const read = parseDocument(ReceivedConfirmation, older, 'whole')
    expect(read).toMatchObject({ ok: true, value: confirmation() })
    expect(rules(read.findings)).toEqual(['warning PAY-033'])
    expect(rules(checkDocument(FinancialAdviceConfirmation, older, 'whole'))).toEqual(['error PAY-033'])
  })

  it('may lack its lines when the capture failed, and only then (PAY-034)', () => {
    const { eft_data: _lines, ...rest } = confirmation()
    const failed = { ...rest, capture_status_code: 'FAILED' }
    expect(parseDocument(ReceivedConfirmation, failed, 'whole').ok).toBe(true)
    expect(rules(parseDocument(ReceivedConfirmation, rest, 'whole').findings)).toEqual(['error PAY-034'])
    expect(parseDocument(ReceivedConfirmation, { ...rest, eft_data: [] }, 'whole').ok).toBe(false)
  })

  it.each([
    ['4111111111111111', '************1111'],
    ['Nr: 4111 1111 1111 1111 ok', 'Nr: **** **** **** 1111 ok'],
    ['1234-5678-9012-3456', '****-****-****-3456'],
    ['378282246310005', '***********0005'],
  ])('never keeps the card number of %s (PAY-036)', (line, kept) => {
    const read = parseDocument(ReceivedConfirmation, confirmation({ eft_data: [line] }), 'whole')
    expect(read).toMatchObject({ ok: true, value: { eft_data: [kept] } })
    expect(JSON.stringify(read.findings)).not.toContain(line)
  })

  it.each(['**** **** **** 1234', 'Amount: EUR 4.40', 'Trace 123456789012345', 'AID: A0000000041010'])(
    'keeps %s as it is',
    (line) => expect(withoutCardNumbers(line)).toBe(line),
  )
})

it('Payments exists in 2.3.0 only: nothing of it is sent to older partners', () => {
  const having = versions.filter(({ modules }) => modules.some(({ id }) => id === 'payments'))
  expect(having.map(({ id }) => id)).toEqual(['2.3.0'])
  for (const name of ['terminal', 'financial_advice_confirmation'] as const)
    expect(lower(name, '2.2.1', confirmation(), 'whole')).toMatchObject({
      kind: 'withheld',
      reason: 'the target version has no payments module',
    })
})

it('a tariff loses the amount to reserve on the way to 2.2.1, and says so (PAY-029)', () => {
  const tariff = { id: 'T1', tax_included: 'NO', preauthorize_amount: 60, elements: [] }
  expect(lower('tariff', '2.2.1', tariff, 'whole')).toMatchObject({
    document: { id: 'T1' },
    losses: [{ pointer: '/preauthorize_amount', severity: 'lost' }],
  })
})
