import { ciString, dateTime, many, object, opt, string, tolerate } from '../../schema/index.js'
import { CARD_NUMBER_MASKED, failedNeedsNoLines, undated } from './checks.js'
import { FinancialAdviceConfirmation, Terminal } from './v230.js'

/**
 * What is taken on receipt where the specification's own examples lack required fields. These are no objects of the specification:
 * what is sent follows `v230.ts`.
 */

/** A new terminal may be its id alone (PAY-006). */
export const NewTerminal = object(
  Terminal.name,
  'mod_payments_cpo_terminal_post_method',
  { ...Terminal.fields, last_updated: opt(dateTime()) },
  undated('PAY-006'),
)

/** A change of a terminal: its id stands in the URL (PAY-013). */
export const ChangedTerminal = object(
  Terminal.name,
  'mod_payments_ptp_terminal_put_method',
  { ...Terminal.fields, terminal_id: opt(ciString(36)), last_updated: opt(dateTime()) },
  undated('PAY-012'),
)

/** A terminal to activate: the PTP gives it its id (PAY-016). */
export const ActivatedTerminal = object(
  Terminal.name,
  'mod_payments_ptp_terminal_post_activate_method',
  { ...Terminal.fields, terminal_id: opt(ciString(36)), last_updated: opt(dateTime()) },
  undated('PAY-016'),
)

/** A confirmation of a capture that failed may have no lines for an invoice (PAY-034). */
export const ReceivedConfirmation = object(
  FinancialAdviceConfirmation.name,
  FinancialAdviceConfirmation.anchor,
  {
    ...FinancialAdviceConfirmation.fields,
    eft_data: tolerate(many(string(255)), CARD_NUMBER_MASKED),
  },
  failedNeedsNoLines,
)
