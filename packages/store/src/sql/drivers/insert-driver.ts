/** Adds a driver: id, country_code, party_id, contract_id, email, name, language, default_vehicle_id, is_demo, created_at; none when one of them is taken. */
export const insertDriver = {
  name: 'insert-driver',
  text: `
insert into drivers (id, country_code, party_id, contract_id, email, name, language, default_vehicle_id, is_demo, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict do nothing`,
}
