/** Adds an operator key: id, name, role, hash, created_at. */
export const insertApiKey = {
  name: 'insert-api-key',
  text: `
insert into api_keys (id, name, role, hash, created_at)
values ($1, $2, $3, $4, $5)`,
}
