import type { Statement } from '../../database/index.js'

/** Notes the wish $4 to stop the charge $1, unless its last wish is not $2 with the command $3 any more. */
export const beginStop: Statement = {
  name: 'charges/begin-stop',
  text: `
update driver_charges
set stop = $4::jsonb, stop_command_id = null
where id = $1 and stop is not distinct from $2::jsonb and stop_command_id is not distinct from $3
`,
}
