import type { Statement } from '../../database/index.js'

/** Parameters: time before which decisions are dropped. */
export const deleteOldAuthorizations: Statement = {
  name: 'access/delete-old-authorizations',
  text: `
delete from authorizations
where at < $1
`,
}
