/** Columns of a webhook under the names of the port. */
export const webhookColumns = `
  id, url, secret, types, cursor, failures,
  retry_at as "retryAt", last_error as "lastError", disabled_at as "disabledAt", created_at as "createdAt"`
