import type { Statement } from '../../database/index.js'
import { requestColumns } from './request-columns.js'

/** Parameters: the columns of a request, in their order. */
export const insertRequest: Statement = {
  name: 'charging-profiles/insert-request',
  text: `
insert into profile_requests (${requestColumns})
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
`,
}
