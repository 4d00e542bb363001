import type { ModuleContract } from '../../contract/endpoint.js'
import type { Schema } from '../../schema/index.js'

interface Schemas<T extends Schema, N extends Schema, C extends Schema, A extends Schema, F extends Schema> {
  readonly Terminal: T
  readonly NewTerminal: N
  readonly ChangedTerminal: C
  readonly ActivatedTerminal: A
  readonly ReceivedConfirmation: F
}

/**
 * Payments: the PTP owns terminals and confirmations, the CPO receives them and proposes changes to the PTP's copy. Two lists under one
 * module id (2.3.0 with Payments `mod_payments_interfaces_and_endpoints`).
 */
export const payments = <
  T extends Schema,
  N extends Schema,
  C extends Schema,
  A extends Schema,
  F extends Schema,
>(
  v: Schemas<T, N, C, A, F>,
) => {
  const terminal = { document: 'terminal', schema: v.Terminal } as const
  const changed = { document: 'terminal', schema: v.ChangedTerminal } as const
  const confirmation = {
    document: 'financial_advice_confirmation',
    schema: v.ReceivedConfirmation,
  } as const
  const module = { module: 'payments' } as const
  const sender = { ...module, side: 'SENDER' } as const
  const receiver = { ...module, side: 'RECEIVER' } as const
  const ptpTerminals = { ...sender, anchor: 'mod_payments_ptp_terminals_interface' } as const
  const ptpConfirmations = {
    ...sender,
    anchor: 'mod_payments_ptp_financial_advice_confirmation_interface',
  } as const
  const cpoTerminals = { ...receiver, anchor: 'mod_payments_cpo_terminals_interface' } as const
  const cpoConfirmations = {
    ...receiver,
    anchor: 'mod_payments_cpo_financial_advice_confirmations_interface',
  } as const
  const T = '/terminals/{terminal_id}'
  const F = '/financial-advice-confirmations/{confirmation_id}'
  return {
    id: 'payments',
    kind: 'functional',
    endpoints: [
      {
        operation: 'payments.sender.listTerminals',
        ...ptpTerminals,
        method: 'GET',
        path: '/terminals',
        data: terminal,
        paged: true,
      },
      { operation: 'payments.sender.getTerminal', ...ptpTerminals, method: 'GET', path: T, data: terminal },
      {
        operation: 'payments.sender.activateTerminal',
        ...ptpTerminals,
        method: 'POST',
        path: '/terminals/activate',
        body: { document: 'terminal', schema: v.ActivatedTerminal, form: 'whole' },
      },
      {
        operation: 'payments.sender.deactivateTerminal',
        ...ptpTerminals,
        method: 'POST',
        path: '/terminals/{terminal_id}/deactivate',
      },
      {
        operation: 'payments.sender.putTerminal',
        ...ptpTerminals,
        method: 'PUT',
        path: T,
        body: { ...changed, form: 'whole' },
      },
      {
        operation: 'payments.sender.patchTerminal',
        ...ptpTerminals,
        method: 'PATCH',
        path: T,
        body: { ...changed, form: 'patch', mayBeUndated: true },
      },
      {
        operation: 'payments.sender.listConfirmations',
        ...ptpConfirmations,
        method: 'GET',
        path: '/financial-advice-confirmations',
        data: confirmation,
        paged: true,
      },
      {
        operation: 'payments.sender.getConfirmation',
        ...ptpConfirmations,
        method: 'GET',
        path: F,
        data: confirmation,
      },
      { operation: 'payments.receiver.getTerminal', ...cpoTerminals, method: 'GET', path: T, data: terminal },
      {
        operation: 'payments.receiver.postTerminal',
        ...cpoTerminals,
        method: 'POST',
        path: '/terminals',
        body: { document: 'terminal', schema: v.NewTerminal, form: 'whole' },
      },
      {
        operation: 'payments.receiver.getConfirmation',
        ...cpoConfirmations,
        method: 'GET',
        path: F,
        data: confirmation,
      },
      {
        operation: 'payments.receiver.postConfirmation',
        ...cpoConfirmations,
        method: 'POST',
        path: '/financial-advice-confirmations',
        body: { ...confirmation, form: 'whole' },
      },
    ],
  } as const satisfies ModuleContract
}
