import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { newWebhookSecret, signedHeaders } from './signature.js'

test('signs so that any Standard Webhooks library accepts it, whatever the text', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' })), (payload) => {
      const secret = newWebhookSecret()
      const body = JSON.stringify(payload)
      const headers = signedHeaders(secret, { id: 'msg_1', at: new Date(), body })
      expect(new Webhook(secret).verify(body, { ...headers })).toEqual(JSON.parse(body))
    }),
  )
})

test('signs id and time as well: another id does not verify', () => {
  const secret = newWebhookSecret()
  const headers = signedHeaders(secret, { id: 'msg_1', at: new Date(), body: '{}' })
  expect(() => new Webhook(secret).verify('{}', { ...headers, 'webhook-id': 'msg_2' })).toThrow(
    'No matching signature',
  )
})

test('makes a secret of 256 random bits with the prefix of the standard', () => {
  const secret = newWebhookSecret()
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(newWebhookSecret()).not.toBe(secret)
})
