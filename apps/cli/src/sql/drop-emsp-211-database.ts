/** Forgets the eMSP platform of the demonstration that speaks 2.1.1. */
export const dropEmsp211Database = {
  name: 'drop-emsp-211-database',
  text: 'drop database if exists interwatt_demo_emsp_211 with (force)',
}
