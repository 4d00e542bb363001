/** Charges: running ones, history, receipts. */
export const charging = {
  title: 'Charging',
  history_title: 'History',
} as const
