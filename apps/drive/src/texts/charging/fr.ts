import type { Catalogue } from '../catalogue.js'

/** Charges: running ones, history, receipts. */
export const charging: Catalogue['charging'] = {
  title: 'Recharge',
  history_title: 'Historique',
}
