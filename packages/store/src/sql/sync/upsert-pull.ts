import type { Statement } from '../../database/index.js'

/** Parameters: partner, module, crawl, watermark, last full, last delta, due, error, failures. */
export const upsertPull: Statement = {
  name: 'upsert-pull',
  text: `
insert into sync_pulls (partner_id, module, crawl, watermark, last_full_at, last_delta_at, due_at, last_error, failures)
values ($1, $2, $3::jsonb, $4, $5, $6, $7, $8, $9)
on conflict (partner_id, module) do update set
  crawl = excluded.crawl, watermark = excluded.watermark, last_full_at = excluded.last_full_at,
  last_delta_at = excluded.last_delta_at, due_at = excluded.due_at, last_error = excluded.last_error,
  failures = excluded.failures
`,
}
