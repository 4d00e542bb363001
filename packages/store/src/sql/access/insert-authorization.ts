/** Adds a decision on a token, in the order of the port's fields. */
export const insertAuthorization = {
  name: 'insert-authorization',
  text: `
insert into authorizations (
  id, at, direction, partner_id, token_uid, token_type, allowed, reason, duration_ms,
  authorization_reference, location_id
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
}
