/** Adds an operator key: id, name, hash, created_at. */
export const insertApiKey = {
  name: 'insert-api-key',
  text: `
insert into api_keys (id, name, hash, created_at)
values ($1, $2, $3, $4)`,
}
