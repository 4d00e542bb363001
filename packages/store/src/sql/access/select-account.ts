import { accountColumns } from './account-columns.js'

/** The operator account with id $1. */
export const selectAccount = {
  name: 'select-account',
  text: `select ${accountColumns} from operator_accounts where id = $1`,
}
