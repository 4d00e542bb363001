import type { Statement } from '../../database/index.js'

/**
 * Parameter: milliseconds. Handshakes begun longer ago than that: their node died. Tokens stay, the old and the prepared
 * one, since the partner may know either.
 */
export const updateInterrupted: Statement = {
  name: 'partners/update-interrupted',
  text: `
update partners set
  status = case status when 'UPDATING' then 'REGISTERED' else 'UNKNOWN' end,
  status_reason = 'The exchange of credentials was interrupted; the partner may have finished it or not.',
  status_since = now()
where status in ('UPDATING', 'INVITING') and status_since < now() - $1::double precision * interval '1 millisecond'
`,
}
