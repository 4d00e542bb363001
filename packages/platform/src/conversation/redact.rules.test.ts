import { describe, expect, it, test } from 'vitest'
import { BODY_MAX } from './body.rules.js'
import { cleanTexts, keptHeaders, keptPath } from './exchange-text.js'
import { formsOf, redactCredentials, redactFields, redactPath } from './redact.rules.js'

const TOKEN = 'a-credentials-token-of-somebody'
const base64 = (text: string): string => Buffer.from(text).toString('base64')

const clean = (change: Partial<Parameters<typeof cleanTexts>[0]>) =>
  cleanTexts(
    {
      isCredentials: false,
      tokenForms: formsOf(TOKEN),
      path: '/',
      request: undefined,
      response: undefined,
      ...change,
    },
    formsOf,
  )

describe('the token of an exchange', () => {
  it.each([TOKEN, base64(TOKEN), encodeURIComponent(TOKEN)])(
    'is removed wherever %s is repeated',
    (written) => {
      const { request, response, line } = clean({
        request: `{"name":"${written}"}`,
        response: Buffer.from(`you sent ${written}!`),
      })
      expect(request.text).toMatch(/^{"name":"\[hidden\]=*"}$/)
      expect(response.text).toMatch(/^you sent \[hidden\]=*!$/)
      expect(line(`failed for ${written}`)).not.toContain(written)
      expect(request.isHidden).toBe(true)
    },
  )

  it('leaves a body alone that does not hold it', () => {
    const { request } = clean({ request: '{"id":"LOC1"}' })
    expect(request).toEqual({ text: '{"id":"LOC1"}', bytes: 13, isCut: false, isHidden: false })
  })
})

describe('credentials', () => {
  it('are kept without tokens, in requests, in answers and where those are repeated', () => {
    const { request, response } = clean({
      isCredentials: true,
      request: JSON.stringify({
        token: 'their-new-token',
        url: 'https://u:pw@a.example/v?token=abc',
        roles: [],
      }),
      response: JSON.stringify({ data: { token: 'our-new-token' }, status_message: 'took their-new-token' }),
    })
    expect(JSON.parse(request.text ?? '')).toEqual({
      token: '[hidden]',
      url: 'https://[hidden]@a.example/v?token=[hidden]',
      roles: [],
    })
    expect(JSON.parse(response.text ?? '')).toEqual({
      data: { token: '[hidden]' },
      status_message: 'took [hidden]',
    })
  })

  it('are kept without tokens also when a name is written with escapes', () => {
    expect(redactCredentials('{"t\\u006fken":"their-new-token"}')?.text).toBe('{"token":"[hidden]"}')
  })

  it('are not kept when they are no JSON', () => {
    const { request } = clean({ isCredentials: true, request: '{"token":"their-new-token",' })
    expect(request.text).not.toContain('their-new-token')
    expect(request.bytes).toBe(27)
  })
})

test.each([
  ['{"token":"secret-token","url":1}', '{"token":"[hidden]","url":1}'],
  ['{"token" : "secret-tok', '{"token" : "[hidden]'],
  ['{"token":{"uid":"04AA"}}', '{"token":{"uid":"04AA"}}'],
  ['{"cdr_token":{"uid":"04AA"}}', '{"cdr_token":{"uid":"04AA"}}'],
  ['{"password":"a\\"b","x":1}', '{"password":"[hidden]","x":1}'],
  ['{"authorization_reference":"ref"}', '{"authorization_reference":"ref"}'],
  ['{"response_url":"https://a.example/x/y/secret"}', '{"response_url":"https://a.example/[hidden]"}'],
  ['{"response_url":"https:\\/\\/u:p@a.example\\/x"}', '{"response_url":"https://a.example/[hidden]"}'],
  ['{"response_url":"nonsense"}', '{"response_url":"[hidden]"}'],
  ['{"website":"https://user:pass@a.example/"}', '{"website":"https://[hidden]@a.example/"}'],
  ['{"email":"a@b.example"}', '{"email":"a@b.example"}'],
])('fields that hold secrets are hidden: %s', (body, expected) => {
  expect(redactFields(body).text).toBe(expected)
})

test('the secret of a response_url in a query is hidden where the answer repeats it', () => {
  const { response } = clean({
    path: '/S1?response_url=https%3A%2F%2Fa.example%2FREAD%2Fthe-secret-part',
    response: 'cannot call https://a.example/READ/the-secret-part',
  })
  expect(response.text).not.toContain('the-secret-part')
})

test('the secret of a response_url is hidden where the answer repeats it', () => {
  const { response } = clean({
    request: '{"response_url":"https://a.example/START_SESSION/the-secret-part"}',
    response: 'cannot call START_SESSION/the-secret-part',
  })
  expect(response.text).not.toContain('the-secret-part')
})

test.each([
  [
    '/ocpi/2.2.1/sender/commands/START_SESSION/Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9',
    '/ocpi/2.2.1/sender/commands/START_SESSION/[hidden]',
  ],
  ['/cdrs/12345678-1234-1234-1234-123456789012345', '/cdrs/12345678-1234-1234-1234-123456789012345'],
  ['/tokens?api_key=abc&type=RFID', '/tokens?api_key=[hidden]&type=RFID'],
  ['/tokens/04AA?type=RFID', '/tokens/04AA?type=RFID'],
  [
    '/S1?duration=9&response_url=https%3A%2F%2Fa.example%2Fx%2Fsecret',
    '/S1?duration=9&response_url=[hidden]',
  ],
])('a path is kept without secrets: %s', (path, expected) => {
  expect(redactPath(path)).toBe(expected)
  expect(keptPath(path, (text) => text)).toBe(expected)
})

test('of headers only those are kept that are known to hold no secret', () => {
  const { line } = clean({})
  const headers = {
    authorization: `Token ${TOKEN}`,
    cookie: 'session=1',
    'set-cookie': ['a=b'],
    'x-api-key': 'k',
    'content-type': 'application/json',
    'ocpi-from-party-id': 'ABC',
    'x-request-id': `id-${TOKEN}`,
    link: '<https://a.example/next?token=abc>; rel="next"',
  }
  expect(keptHeaders(Object.entries(headers), line)).toEqual({
    'content-type': 'application/json',
    'ocpi-from-party-id': 'ABC',
    'x-request-id': 'id-[hidden]',
    link: '<https://a.example/next?token=[hidden]>; rel="next"',
  })
})

describe('a long body', () => {
  const long = 'ä'.repeat(BODY_MAX)

  it.each([long, Buffer.from(long)])('is cut, with a note of its full length', (body) => {
    const { response } = clean({ response: body })
    expect(response).toMatchObject({ bytes: 2 * BODY_MAX, isCut: true })
    const bytes = Buffer.byteLength(response.text ?? '')
    expect(bytes).toBeLessThanOrEqual(BODY_MAX)
    expect(bytes).toBeGreaterThan(BODY_MAX - 10)
    expect(response.text).not.toContain('\ufffd')
  })

  it('does not keep the beginning of a secret at its edge', () => {
    for (const before of [BODY_MAX - 20, BODY_MAX - 1, BODY_MAX + 4090]) {
      const { request } = clean({ request: `${'x'.repeat(before)}${TOKEN}${'y'.repeat(9000)}` })
      expect(request.text).not.toContain(TOKEN.slice(0, 8))
    }
  })

  it('is cut to the same length however much was hidden in it', () => {
    const { request } = clean({ request: `${TOKEN} `.repeat(4000) })
    expect(request.text).not.toContain('credentials')
    expect(request.isCut).toBe(true)
  })
})
