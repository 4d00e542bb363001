/** Changes the delivery state of webhook $1; $2 holds the changed fields as JSON, null values included. */
export const updateWebhook = {
  name: 'update-webhook',
  text: `
update webhooks w
set cursor = case when c ? 'cursor' then (c ->> 'cursor')::bigint else w.cursor end,
    failures = case when c ? 'failures' then (c ->> 'failures')::integer else w.failures end,
    retry_at = case when c ? 'retryAt' then (c ->> 'retryAt')::timestamptz else w.retry_at end,
    last_error = case when c ? 'lastError' then c ->> 'lastError' else w.last_error end,
    disabled_at = case when c ? 'disabledAt' then (c ->> 'disabledAt')::timestamptz else w.disabled_at end
from (select $2::jsonb as c) change
where w.id = $1`,
}
