import { accountColumns } from './account-columns.js'

/** The operator account with login $1, in lower case. */
export const selectAccountByLogin = {
  name: 'select-account-by-login',
  text: `select ${accountColumns} from operator_accounts where login = $1`,
}
