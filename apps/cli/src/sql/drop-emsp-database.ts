/** Forgets the eMSP platform of the demonstration. */
export const dropEmspDatabase = {
  name: 'drop-emsp-database',
  text: 'drop database if exists interwatt_demo_emsp with (force)',
}
