/** Removes a webhook by id. */
export const deleteWebhook = {
  name: 'delete-webhook',
  text: 'delete from webhooks where id = $1',
}
