import type { Statement } from '../../database/index.js'

/** Holds the driver $1 until the transaction ends, so that what they do at the same time is done one after the other. */
export const lockDriver: Statement = {
  name: 'charges/lock-driver',
  text: `
select from drivers where id = $1 for update
`,
}
