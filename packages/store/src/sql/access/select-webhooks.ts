import { webhookColumns } from './webhook-columns.js'

/** All webhooks, oldest first. */
export const selectWebhooks = {
  name: 'select-webhooks',
  text: `select ${webhookColumns} from webhooks order by created_at, id`,
}
