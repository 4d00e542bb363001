import { accountColumns } from './account-columns.js'

/** All operator accounts, oldest first. */
export const selectAccounts = {
  name: 'select-accounts',
  text: `select ${accountColumns} from operator_accounts order by created_at, id`,
}
