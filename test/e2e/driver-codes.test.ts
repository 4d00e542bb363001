import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type DriverClient, driverClient } from '../support/drivers.js'
import { startTestNode, type TestNode } from '../support/node.js'
import { htmlOf, type SmtpServer, startSmtp } from '../support/smtp.js'

let smtp: SmtpServer
let node: TestNode
let nowMs = Date.parse('2026-03-01T10:00:00Z')
const HOUR_MS = 3_600_000

beforeAll(async () => {
  smtp = await startSmtp()
  const env = { DRIVER_APP: 'true', SMTP_URL: smtp.url, MAIL_FROM: 'Drive <drive@example.com>' }
  node = await startTestNode({ env, now: () => nowMs })
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Drive & <Away>' } })
})
afterAll(async () => {
  await node?.[Symbol.asyncDispose]()
  await smtp?.[Symbol.asyncDispose]()
})
beforeEach(() => {
  // NOTE: what the test before used up of the limits of a day counts no more.
  nowMs += 25 * HOUR_MS
  smtp.answer = '250 ok'
})

const codeIn = (text: string): string => /\b\d{6}\b/.exec(text)?.[0] ?? ''

const ask = async (client: DriverClient, email: string, lang?: string): Promise<string> => {
  const mail = smtp.next()
  const answer = await client.call('POST', '/sign-in/code', {
    email,
    ...(lang === undefined ? {} : { lang }),
  })
  expect(answer.status).toBe(204)
  return codeIn((await mail).text)
}

const other = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

describe('sign-in by a code', () => {
  it('makes the account the first time and finds it the second', async () => {
    const client = driverClient(node)
    const code = await ask(client, 'Robin@Example.com', 'de')
    const first = await client.call('POST', '/sign-in', { email: 'robin@example.com', code })
    expect(first.status).toBe(200)
    expect(first.body).toMatchObject({
      email: 'robin@example.com',
      name: 'robin',
      language: 'de',
      is_demo: false,
    })
    expect(first.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict/)
    expect(first.headers.get('cache-control')).toBe('no-store')
    const again = driverClient(node)
    const secondCode = await ask(again, 'robin@example.com')
    const second = await again.call('POST', '/sign-in', { email: 'ROBIN@example.com', code: secondCode })
    expect(second.body).toEqual(first.body)
  })

  it('completes an account whose making was cut short: it has the token of the app', async () => {
    const [email, contractId] = ['cut.short@example.com', 'DE-MSP-CCUTSHORT']
    const account = { contractId, email, name: 'Cut', language: 'en' as const, defaultVehicleId: null }
    const createdAt = new Date(nowMs).toISOString()
    const party = { countryCode: 'DE', partyId: 'MSP' }
    await node.node.stores.drivers.add({ ...account, id: randomUUID(), party, isDemo: false, createdAt })
    const client = driverClient(node)
    const signIn = async () => client.call('POST', '/sign-in', { email, code: await ask(client, email) })
    expect((await signIn()).status).toBe(200)
    expect((await signIn()).status).toBe(200)
    const { body } = await client.call('GET', '/account/export')
    const { tokens } = body as { readonly tokens: readonly unknown[] }
    expect(tokens).toMatchObject([{ type: 'APP_USER', token: { contract_id: contractId, valid: true } }])
  })

  it.each([
    ['en', 'Your code for', 'within 10 minutes'],
    ['de', 'Ihr Code', 'innerhalb von 10 Minuten'],
    ['fr', 'Votre code', 'pendant 10 minutes'],
    ['nl', 'Uw code', 'binnen 10 minuten'],
  ])(
    'is mailed in %s, as text and as HTML, without the code in the subject',
    async (lang, subject, lasts) => {
      const mail = smtp.next()
      await driverClient(node).call('POST', '/sign-in/code', { email: `${lang}@example.com`, lang })
      const received = await mail
      const code = codeIn(received.text)
      expect(received.to).toEqual([`${lang}@example.com`])
      expect(received.text).toContain(lasts)
      expect(htmlOf(received)).toContain(code)
      expect(htmlOf(received)).toContain('Drive &amp; &lt;Away&gt;')
      const [head = ''] = received.raw.split('\r\n\r\n')
      const [, words = ''] = /^Subject: (.*(?:\r\n .*)*)/m.exec(head) ?? []
      expect(words).not.toContain(code)
      if (lang === 'en') expect(words).toContain(subject)
      expect(head).toMatch(/^From: Drive <drive@example.com>/m)
    },
  )

  it('is answered alike for those who have an account and those who have none', async () => {
    const answers = []
    for (const email of ['robin@example.com', 'nobody@example.com']) {
      const { status, body, headers } = await driverClient(node).call('POST', '/sign-in/code', { email })
      answers.push({ status, body, names: [...headers.keys()].filter((name) => name !== 'date') })
    }
    expect(answers[0]).toEqual(answers[1])
  })

  it('takes a code once', async () => {
    const code = await ask(driverClient(node), 'once@example.com')
    const wanted = { email: 'once@example.com', code }
    const tries = await Promise.all(
      [0, 1, 2].map(() =>
        driverClient(node)
          .call('POST', '/sign-in', wanted)
          .then(({ status }) => status),
      ),
    )
    expect(tries.sort()).toEqual([200, 401, 401])
  })

  it('takes the newest code only, and of the address it was sent to', async () => {
    const client = driverClient(node)
    const old = await ask(client, 'two@example.com')
    const fresh = await ask(client, 'two@example.com')
    if (old !== fresh) {
      expect((await client.call('POST', '/sign-in', { email: 'two@example.com', code: old })).status).toBe(
        401,
      )
    }
    expect((await client.call('POST', '/sign-in', { email: 'three@example.com', code: fresh })).status).toBe(
      401,
    )
    const spaced = `${fresh.slice(0, 3)} ${fresh.slice(3)}`
    expect((await client.call('POST', '/sign-in', { email: 'two@example.com', code: spaced })).status).toBe(
      200,
    )
  })

  it('counts a code no more after ten minutes', async () => {
    const code = await ask(driverClient(node), 'late@example.com')
    nowMs += 10 * 60_000
    const answer = await driverClient(node).call('POST', '/sign-in', { email: 'late@example.com', code })
    expect(answer.body).toMatchObject({ status: 401, type: 'urn:interwatt:problem:wrong-code' })
  })

  it('counts a code no more after five wrong tries', async () => {
    const client = driverClient(node)
    const code = await ask(client, 'guess@example.com')
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const answer = await client.call('POST', '/sign-in', { email: 'guess@example.com', code: other(code) })
      expect(answer.body).toMatchObject({ type: 'urn:interwatt:problem:wrong-code' })
    }
    expect((await client.call('POST', '/sign-in', { email: 'guess@example.com', code })).status).toBe(401)
    const { body } = await node.api('GET', '/drivers?search=guess')
    expect(body).toMatchObject({ items: [] })
  })

  it('is kept as a hash only', async () => {
    const code = await ask(driverClient(node), 'hash@example.com')
    const { openDatabase } = await import('@interwatt/store')
    await using database = await openDatabase({ url: node.databaseUrl })
    const { rows } = await database.query({ text: 'select hash from driver_codes' })
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(code)
  })
})

describe('limits of sign-in', () => {
  it('send three codes to an address in ten minutes, then say how long to wait', async () => {
    const client = driverClient(node)
    for (let count = 0; count < 3; count += 1) await ask(client, 'often@example.com')
    const answer = await client.call('POST', '/sign-in/code', { email: 'OFTEN@example.com' })
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    nowMs += 10 * 60_000
    await ask(client, 'often@example.com')
  })

  it('send twenty codes to one caller in ten minutes', async () => {
    const statuses = []
    for (let count = 0; count < 21; count += 1) {
      const { status } = await driverClient(node).call('POST', '/sign-in/code', {
        email: `many${count}@example.com`,
      })
      statuses.push(status)
    }
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 204), 429])
  })

  it('let one caller fail thirty times in ten minutes', async () => {
    const client = driverClient(node)
    const fail = () => client.call('POST', '/sign-in', { email: 'no@example.com', code: '000000' })
    for (let count = 0; count < 30; count += 1) expect((await fail()).status).toBe(401)
    expect((await fail()).status).toBe(429)
  })
})

describe('a mail server', () => {
  it('that does not want the address changes nothing of the answer', async () => {
    smtp.answer = '550 no such user'
    const answer = await driverClient(node).call('POST', '/sign-in/code', { email: 'ghost@example.com' })
    expect(answer.status).toBe(204)
  })

  it('that cannot take a mail now is a problem with words, and another try may do', async () => {
    smtp.answer = '451 later'
    const client = driverClient(node)
    const answer = await client.call('POST', '/sign-in/code', { email: 'later@example.com' })
    expect(answer.body).toMatchObject({ status: 503, type: 'urn:interwatt:problem:mail-not-sent' })
    smtp.answer = '250 ok'
    expect(await ask(client, 'later@example.com')).toMatch(/^\d{6}$/)
  })
})

describe('wrong input at sign-in', () => {
  it.each([
    ['/sign-in/code', {}],
    ['/sign-in/code', { email: 'robin' }],
    ['/sign-in/code', { email: 'a@b.c\r\nBcc: x@y.z' }],
    ['/sign-in/code', { email: '"x y"@example.com' }],
    ['/sign-in/code', { email: `${'a'.repeat(65)}@example.com` }],
    ['/sign-in/code', { email: ['a@example.com', 'b@example.com'] }],
    ['/sign-in/code', { email: 'a@example.com', lang: 'tlh' }],
    ['/sign-in', { email: 'a@example.com' }],
    ['/sign-in', { email: 'a@example.com', code: '12345' }],
    ['/sign-in', { email: 'a@example.com', code: '12345678' }],
    ['/sign-in', { email: 'a@example.com', code: { $gt: '' } }],
    ['/sign-in', { email: 'a@example.com', code: '123456', admin: true }],
  ])('POST %s %j is 400 and sends nothing', async (path, body) => {
    const before = smtp.mails.length
    const answer = await driverClient(node).call('POST', path, body)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ])
    expect(smtp.mails).toHaveLength(before)
  })
})
