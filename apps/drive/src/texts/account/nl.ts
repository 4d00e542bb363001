import type { Catalogue } from '../catalogue.js'

/** The account and its pages. */
export const account: Catalogue['account'] = {
  title: 'Account',
}
