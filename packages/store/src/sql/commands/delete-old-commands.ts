import type { Statement } from '../../database/index.js'

/** Parameters: time before which finished commands are dropped. */
export const deleteOldCommands: Statement = {
  name: 'commands/delete-old-commands',
  text: `
delete from commands
where created_at < $1 and finished_at is not null
`,
}
