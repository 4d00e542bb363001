/** Adds a webhook: id, url, secret, types, cursor, failures, retry_at, last_error, disabled_at, created_at. */
export const insertWebhook = {
  name: 'insert-webhook',
  text: `
insert into webhooks (id, url, secret, types, cursor, failures, retry_at, last_error, disabled_at, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
}
