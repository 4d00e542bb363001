/** Gives the driver $1 a token: country_code, party_id, uid, type, label, added_at. */
export const insertDriverToken = {
  name: 'insert-driver-token',
  text: `
insert into driver_tokens (driver_id, country_code, party_id, uid, type, label, added_at)
values ($1, $2, $3, $4, $5, $6, $7)`,
}
