import type { Statement } from '../../database/index.js'

/** Parameters: crawl; kinds, countries, parties and ids in parallel. */
export const insertSeen: Statement = {
  name: 'insert-seen',
  text: `
insert into sync_seen (crawl_id, kind, country_code, party_id, id)
select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[])
on conflict do nothing
`,
}
