import { isJsonObject } from '../../json/json-object.js'
import { error } from '../../schema/check-result.js'
import { objectsAt, repeatedIndexes, textAt } from '../../schema/field-values.js'
import { check, type Tolerance } from '../../schema/index.js'
import { foldCase } from '../../transport/party.js'

/** CRD-005: no party has the same role twice. */
export const rolesDiffer = check(['roles'], (credentials) => {
  const keys = objectsAt(credentials, 'roles').map((role) =>
    ['role', 'country_code', 'party_id'].map((name) => foldCase(textAt(role, name) ?? '')).join('/'),
  )
  return repeatedIndexes(keys).map((index) =>
    error(`/roles/${index}`, 'this party is listed with this role already', 'CRD-005'),
  )
})

/** Many 2.1.1 partners leave out the required business_details, or their name (versions-and-credentials.md trap 25). */
export const NO_BUSINESS_DETAILS: Tolerance = {
  rule: 'CRD-001',
  note: 'has no name; read as unnamed',
  ifMissing: { name: '-' },
  repair: (value) =>
    isJsonObject(value) && (value.name === undefined || value.name === null || value.name === '')
      ? { ...value, name: '-' }
      : undefined,
}

/** The Payments package needs the role PTP, which no enumeration lists (ROL-015); it is taken and never sent. */
export const PAYMENT_TERMINAL_PROVIDER: Tolerance = {
  rule: 'ROL-015',
  note: 'is PTP, which the enumeration does not list; kept',
  alsoReceived: ['PTP'],
}
