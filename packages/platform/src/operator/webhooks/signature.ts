import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'

/** A new signing secret, 256 random bits in the form of Standard Webhooks. */
export const newWebhookSecret = (): string => PREFIX + randomBytes(32).toString('base64')

/** Headers of one delivery (Standard Webhooks 1.0, symmetric `v1`). The id stays the same in every attempt. */
export const signedHeaders = (
  secret: string,
  delivery: { readonly id: string; readonly at: Date; readonly body: string },
): Readonly<Record<string, string>> => {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
  const seconds = Math.floor(delivery.at.getTime() / 1000)
  const signature = createHmac('sha256', key)
    .update(`${delivery.id}.${seconds}.${delivery.body}`)
    .digest('base64')
  return {
    'webhook-id': delivery.id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  }
}
