import type { Statement } from '../../database/index.js'

export const notifyDirectory: Statement = {
  name: 'partners/notify-directory',
  text: `
select pg_notify('interwatt_directory', '')
`,
}
