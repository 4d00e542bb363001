import { error } from '../../schema/check-result.js'
import { objectsAt, repeatedIndexes, textAt } from '../../schema/field-values.js'
import { check } from '../../schema/index.js'
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
