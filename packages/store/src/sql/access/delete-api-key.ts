/** Removes an operator key by id. */
export const deleteApiKey = {
  name: 'delete-api-key',
  text: 'delete from api_keys where id = $1',
}
