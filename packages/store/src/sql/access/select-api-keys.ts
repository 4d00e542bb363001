/** All operator keys, oldest first. */
export const selectApiKeys = {
  name: 'select-api-keys',
  text: `
select id, name, role, hash, created_at as "createdAt"
from api_keys
order by created_at, id`,
}
