import { webhookColumns } from './webhook-columns.js'

/** One webhook by id. */
export const selectWebhook = {
  name: 'select-webhook',
  text: `select ${webhookColumns} from webhooks where id = $1`,
}
