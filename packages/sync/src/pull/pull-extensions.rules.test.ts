import type { HostedParty, Partner } from '@interwatt/store'
import { expect, test } from 'vitest'
import { isRetirable, type PullModule, planLegs } from './pull-legs.rules.js'

const party = (partyId: string) => ({ countryCode: 'NL', partyId })

const legs = (
  module: PullModule,
  theirs: readonly (readonly [id: string, role: string])[],
  ours: readonly (readonly [id: string, roles: readonly string[]])[],
  hub: string | null = null,
): readonly string[] => {
  const partner: Pick<Partner, 'roles' | 'hubParty' | 'endpoints'> = {
    roles: theirs.map(([id, role]) => ({ role, party: party(id), businessDetails: null })),
    hubParty: hub === null ? null : party(hub),
    endpoints: ['cdrs', 'payments', 'invoicereconciliation'].map((name) => ({
      module: name,
      side: 'SENDER',
      url: `https://p.example/${name}`,
    })),
  }
  const hosted: readonly HostedParty[] = ours.map(([id, roles]) => ({
    party: party(id),
    roles,
    businessDetails: { name: id },
  }))
  return planLegs(module, partner, { hosted, routed: true }).map(
    (leg) => `${leg.from.partyId}>${leg.to.partyId}`,
  )
}

test('a payment terminal provider reads the CDRs of its card payments (PAY-038)', () => {
  expect(legs('cdrs', [['A', 'CPO']], [['P', ['PTP']]])).toEqual(['P>A'])
})

test.each(['payments/terminals', 'payments/financial-advice-confirmations'] as const)(
  'each CPO asks each provider itself for %s, never a hub (PAY-002, PAY-004)',
  (module) => {
    const ours = [
      ['C', ['CPO']],
      ['D', ['CPO', 'EMSP']],
      ['E', ['EMSP']],
    ] as const
    expect(legs(module, [['P', 'PTP']], ours)).toEqual(['C>P', 'D>P'])
    expect(legs(module, [['H', 'OTHER']], ours, 'H')).toEqual([])
  },
)

test('invoices are between a CPO and an eMSP, whoever issues them (ROL-023, INV-021)', () => {
  const ours = [
    ['C', ['CPO']],
    ['E', ['EMSP']],
  ] as const
  expect(legs('invoicereconciliation', [['A', 'CPO']], ours)).toEqual(['E>A'])
  expect(legs('invoicereconciliation', [['A', 'EMSP']], ours)).toEqual(['C>A'])
  expect(
    legs(
      'invoicereconciliation',
      [
        ['A', 'CPO'],
        ['A', 'EMSP'],
      ],
      ours,
    ),
  ).toEqual(['C>A', 'E>A'])
})

test('what a full reading does not show any more is gone, but never a confirmation (INV-029)', () => {
  expect(isRetirable('payments/terminals')).toBe(true)
  expect(isRetirable('invoicereconciliation')).toBe(true)
  expect(isRetirable('payments/financial-advice-confirmations')).toBe(false)
})
