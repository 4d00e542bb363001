/** Forgets the CPO platform of the demonstration. */
export const dropCpoDatabase = {
  name: 'drop-cpo-database',
  text: 'drop database if exists interwatt_demo_cpo with (force)',
}
