import type { Statement } from '../../database/index.js'

export const selectNewestMessage: Statement = {
  name: 'messages/select-newest-message',
  text: 'select coalesce(max(id), 0) as id from messages',
}
