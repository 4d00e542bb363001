import type { Document, StoredObject } from '@interwatt/store'

/** Stands where the customer would be named. */
const ANONYMOUS = 'ANONYMOUS'

const isRecord = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A session as somebody sees it who steers it without being the customer's provider: what the car takes, not who drives it
 * (CP-041). The provider stays, token and references go.
 */
export const withoutCustomer = (row: StoredObject): StoredObject => {
  const { authorization_reference: _reference, cdr_token: token, ...document } = row.document
  const { country_code, party_id } = isRecord(token) ? token : {}
  const cdr_token = { country_code, party_id, uid: ANONYMOUS, type: 'OTHER', contract_id: ANONYMOUS }
  return { ...row, document: { ...document, cdr_token }, unmapped: null }
}
