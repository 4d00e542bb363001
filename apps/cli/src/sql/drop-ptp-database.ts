/** Forgets the payment terminal provider of the demonstration. */
export const dropPtpDatabase = {
  name: 'drop-ptp-database',
  text: 'drop database if exists interwatt_demo_ptp with (force)',
}
