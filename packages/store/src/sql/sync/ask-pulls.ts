import type { Statement } from '../../database/index.js'

/**
 * Parameters: partner, modules, id of the asking, since (null for from the beginning). An asking that was not answered yet is
 * widened, and answered with the new one.
 */
export const askPulls: Statement = {
  name: 'ask-pulls',
  text: `
insert into sync_pulls (partner_id, module, asked, asked_since)
select $1, module, $3, $4 from unnest($2::text[]) as module
on conflict (partner_id, module) do update set
  asked = excluded.asked,
  asked_since = case
    when sync_pulls.asked is null then excluded.asked_since
    when sync_pulls.asked_since is null or excluded.asked_since is null then null
    else least(sync_pulls.asked_since, excluded.asked_since)
  end
`,
}
