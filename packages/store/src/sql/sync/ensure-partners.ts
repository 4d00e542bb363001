import type { Statement } from '../../database/index.js'

/** Parameter: partner ids. */
export const ensurePartners: Statement = {
  name: 'ensure-partners',
  text: `
insert into sync_partners (partner_id)
select unnest($1::text[])
on conflict (partner_id) do nothing
`,
}
