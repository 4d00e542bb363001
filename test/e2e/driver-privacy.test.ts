import { openDatabase } from '@interwatt/store'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { driverClient } from '../support/drivers.js'
import { type ServedNode, serveNode } from '../support/served-node.js'
import { type SmtpServer, startSmtp } from '../support/smtp.js'

let smtp: SmtpServer
let node: ServedNode

beforeAll(async () => {
  smtp = await startSmtp()
  node = await serveNode({
    ...{ DRIVER_APP: 'true', MAIL_FROM: 'drive@example.com', PUBLIC_URL: 'http://localhost' },
    SMTP_URL: smtp.url.replace('smtp://', 'smtp://user:hunter2hunter2@'),
  })
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Drive' } })
})
afterAll(async () => {
  await node?.[Symbol.asyncDispose]()
  await smtp?.[Symbol.asyncDispose]()
})

const cookieIn = (headers: Headers): string =>
  /=([\w-]{43});/.exec(headers.get('set-cookie') ?? '')?.[1] ?? ''

it('codes, cookies, challenges, addresses and the password of the mail server are in no log, codes and cookies in no table', async () => {
  const client = driverClient(node)
  smtp.answer = '451 secret.person@example.com is busy'
  expect((await client.call('POST', '/sign-in/code', { email: 'secret.person@example.com' })).status).toBe(
    503,
  )
  smtp.answer = '250 ok'
  const mail = smtp.next()
  await client.call('POST', '/sign-in/code', { email: 'secret.person@example.com' })
  const code = /\b\d{6}\b/.exec((await mail).text)?.[0] ?? ''
  const wanted = { email: 'secret.person@example.com', code }
  expect((await client.call('POST', '/sign-in', { ...wanted, code: '000 0000' })).status).toBe(400)
  const signedIn = await client.call('POST', '/sign-in', wanted)
  const asked = await client.call('POST', '/sign-in/passkey/options')
  const { challenge } = asked.body as { challenge: string }
  const cookies = [cookieIn(signedIn.headers), cookieIn(asked.headers)]
  expect([signedIn.status, asked.status, cookies.every((cookie) => cookie !== '')]).toEqual([200, 200, true])
  const output = node.output()
  expect(output).toContain('a sign-in code was not sent')
  for (const secret of [...cookies, challenge, 'secret.person', 'hunter2'])
    expect(output).not.toContain(secret)
  // NOTE: six digits in a row may stand in any longer number.
  const isCode = new RegExp(`\\b${code}\\b`)
  expect(output).not.toMatch(isCode)
  await using database = await openDatabase({ url: node.databaseUrl })
  const tables = [
    'drivers',
    'driver_codes',
    'driver_sessions',
    'driver_challenges',
    'driver_passkeys',
    'events',
    'messages',
  ]
  for (const table of tables) {
    const { rows } = await database.query({ text: `select * from ${table}` })
    for (const cookie of cookies) expect(JSON.stringify(rows)).not.toContain(cookie)
    expect(JSON.stringify(rows)).not.toMatch(isCode)
  }
})
