import type { Statement } from '../../database/index.js'

/** Parameters: partner, module, id of the asking; a later one stays. */
export const answerPull: Statement = {
  name: 'answer-pull',
  text: `
update sync_pulls set asked = null, asked_since = null where partner_id = $1 and module = $2 and asked = $3
`,
}
