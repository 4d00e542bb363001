import type { Side } from '@interwatt/protocol'
import type { Partner } from '@interwatt/store'

const opposite: Readonly<Record<Side, Side>> = { SENDER: 'RECEIVER', RECEIVER: 'SENDER' }

/** What is known of a partner that decides what it is offered beyond the core. */
export type Agreement = Pick<Partner, 'endpoints' | 'roles' | 'agreedModules'>

const lists = (partner: Agreement, module: string, side: Side): boolean =>
  partner.endpoints.some((endpoint) => endpoint.module === module && endpoint.side === side)

/**
 * Whether a partner is offered a module that not every peer knows (PAY-041, INV-034): operators agreed on it, or the partner offers the
 * other side itself. For Payments its role says so too; a node that hosts a payment terminal provider always shows its side, which is
 * what it is there for. For invoices the side decides who bills whom (ROL-023).
 */
export const isAgreed = (partner: Agreement | undefined, module: string, side: Side): boolean => {
  if (module !== 'payments' && module !== 'invoicereconciliation') return true
  if (module === 'payments' && side === 'SENDER') return true
  if (partner === undefined) return false
  const agreed = partner.agreedModules?.some((entry) => entry.module === module && entry.side === side)
  if (agreed || lists(partner, module, opposite[side])) return true
  return module === 'payments' && partner.roles.some(({ role }) => role === 'PTP')
}

/** Whether a partner takes the role PTP, which the enumeration of roles does not list (ROL-015, PAY-040). */
export const knowsPaymentTerminals = (partner: Pick<Agreement, 'endpoints' | 'agreedModules'>): boolean =>
  partner.endpoints.some(({ module }) => module === 'payments') ||
  (partner.agreedModules ?? []).some(({ module }) => module === 'payments')
