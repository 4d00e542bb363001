import type { Statement } from '../../database/index.js'
import { factColumns } from './message-columns.js'

/** The message $1 with its bodies. */
export const selectMessage: Statement = {
  name: 'messages/select-message',
  text: `
select ${factColumns},
  m.request_headers as "requestHeaders", m.request_body as "requestBody", m.request_cut as "requestCut",
  m.request_hidden as "requestHidden", m.response_headers as "responseHeaders", m.response_body as "responseBody",
  m.response_cut as "responseCut"
from messages m
where m.id = $1
`,
}
