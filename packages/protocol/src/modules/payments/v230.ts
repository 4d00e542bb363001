import {
  COUNTRY_ALPHA_2,
  COUNTRY_ALPHA_3,
  CURRENCY,
  ciString,
  closed,
  dateTime,
  type Infer,
  many,
  object,
  one,
  opt,
  PARTY_ID,
  some,
  string,
  tolerate,
  url,
} from '../../schema/index.js'
import { GeoLocation } from '../locations/v230.js'
import { Price } from '../types/v230.js'
import { CARD_NUMBER_MASKED, OLDER_PRICE } from './checks.js'

/** 2.3.0 with Payments `mod_payments_invoice_creator_enum`. */
export const InvoiceCreator = closed('InvoiceCreator', 'mod_payments_invoice_creator_enum', ['CPO', 'PTP'])
export type InvoiceCreator = Infer<typeof InvoiceCreator>

/** 2.3.0 with Payments `mod_payments_capture_status_code_enum`. */
export const CaptureStatusCode = closed('CaptureStatusCode', 'mod_payments_capture_status_code_enum', [
  'SUCCESS',
  'PARTIAL_SUCCESS',
  'FAILED',
])
export type CaptureStatusCode = Infer<typeof CaptureStatusCode>

/**
 * 2.3.0 with Payments `mod_payments_terminal_object`. `country_code` and `party_id` name the CPO it works for, not its owner. Texts
 * for people may hold any script (PAY-039).
 */
export const Terminal = object('Terminal', 'mod_payments_terminal_object', {
  terminal_id: one(ciString(36)),
  customer_reference: opt(ciString(36)),
  party_id: opt(ciString(3, PARTY_ID)),
  country_code: opt(ciString(2, COUNTRY_ALPHA_2)),
  address: opt(string(45)),
  city: opt(string(45)),
  postal_code: opt(ciString(10)),
  state: opt(string(20)),
  country: opt(ciString(3, COUNTRY_ALPHA_3)),
  coordinates: opt(GeoLocation),
  invoice_base_url: opt(url()),
  invoice_creator: opt(InvoiceCreator),
  reference: opt(ciString(36)),
  location_ids: many(ciString(36)),
  evse_uids: many(ciString(36)),
  last_updated: one(dateTime()),
})
export type Terminal = Infer<typeof Terminal>

/** 2.3.0 with Payments `mod_payments_financial_advice_confirmation_object`. */
export const FinancialAdviceConfirmation = object(
  'FinancialAdviceConfirmation',
  'mod_payments_financial_advice_confirmation_object',
  {
    id: one(ciString(36)),
    authorization_reference: one(ciString(36)),
    total_costs: tolerate(one(Price), OLDER_PRICE),
    currency: one(ciString(3, CURRENCY)),
    eft_data: tolerate(some(string(255)), CARD_NUMBER_MASKED),
    capture_status_code: one(CaptureStatusCode),
    capture_status_message: opt(string(255)),
    last_updated: one(dateTime()),
  },
)
export type FinancialAdviceConfirmation = Infer<typeof FinancialAdviceConfirmation>
