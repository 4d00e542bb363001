/** Forgets the eMSP platform of the demonstration that speaks 2.2.1. */
export const dropEmsp221Database = {
  name: 'drop-emsp-221-database',
  text: 'drop database if exists interwatt_demo_emsp_221 with (force)',
}
