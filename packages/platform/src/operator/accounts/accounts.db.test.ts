import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inMemoryServices } from '../testing/in-memory-services.js'
import { type OperatorServer, operatorServer } from '../testing/operator-server.js'
import { pick } from '../testing/pick.js'

let server: OperatorServer
let clockMs = Date.parse('2026-03-01T10:00:00Z')
const CHEAP = { log2N: 8, r: 8, p: 1 }
const PASSWORD = 'correct horse battery'

beforeAll(async () => {
  server = await operatorServer(inMemoryServices(), { now: () => clockMs, passwordCost: CHEAP })
})
afterAll(() => server[Symbol.asyncDispose]())

/** Asks without a key; with a cookie when there is one. */
const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const said: unknown = text === '' ? undefined : JSON.parse(text)
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  return {
    status: answer.status,
    said,
    as: { cookie, 'x-interwatt-csrf': String(pick(said, 'csrf')) },
    answer,
  }
}
const invite = async (login: string, role = 'support') => {
  const answer = await server.call('POST', '/api/v1/accounts', { login, name: `Person ${login}`, role })
  const said: unknown = await answer.json()
  return {
    status: answer.status,
    said,
    id: String(pick(said, 'id')),
    code: String(pick(said, 'invitation_code')),
  }
}
const activate = (code: string, password = PASSWORD) =>
  ask('POST', '/accounts/activation', { code, password })
const signIn = (login: string, password = PASSWORD) => ask('POST', '/session', { login, password })
const made = async (login: string, role?: string) => {
  const invited = await invite(login, role)
  return { ...invited, entered: await activate(invited.code) }
}

describe('an invitation', () => {
  test('lets a person set a password and be signed in, with the role and name that were given', async () => {
    const { said, entered, id } = await made('Ann@Example.com')
    expect(said).toMatchObject({ login: 'ann@example.com', role: 'support', has_password: false })
    expect(entered.status).toBe(201)
    expect(entered.said).toMatchObject({
      role: 'support',
      account: { id, login: 'ann@example.com' },
    })
    expect((await ask('GET', '/session', undefined, { cookie: entered.as.cookie })).said).toMatchObject({
      key_name: 'Person Ann@Example.com',
    })
    expect((await signIn(' ANN@example.com ')).status).toBe(201)
  })

  test('counts once, not after seven days, and not after a newer one', async () => {
    const first = await invite('once@example.com')
    expect((await activate(first.code)).status).toBe(201)
    expect((await activate(first.code)).status).toBe(401)
    const late = await invite('late@example.com')
    clockMs += 7 * 86_400_000
    expect((await activate(late.code)).status).toBe(401)
    const again = await server.call('POST', `/api/v1/accounts/${late.id}/invitation`)
    expect((await activate(String(pick(await again.json(), 'invitation_code')))).status).toBe(201)
  })

  test('keeps the code when the password is refused, and says what is wrong with it', async () => {
    const { code } = await invite('weak@example.com')
    const refused = await activate(code, 'short')
    expect([refused.status, pick(refused.said, 'detail')]).toEqual([
      422,
      'A password has at least 12 characters.',
    ])
    expect((await activate(code)).status).toBe(201)
  })

  test('is for a login of its own, in the form of an e-mail address', async () => {
    expect((await invite('twice@example.com')).status).toBe(201)
    expect((await invite('TWICE@example.com')).status).toBe(409)
    expect((await invite('nobody')).status).toBe(422)
  })

  test('is made by admins only', async () => {
    const { entered } = await made('operator@example.com', 'operator')
    const body = { login: 'x@example.com', name: 'X', role: 'admin' }
    expect((await ask('POST', '/accounts', body, entered.as)).status).toBe(403)
    const admin = await made('admin@example.com', 'admin')
    expect((await ask('POST', '/accounts', body, admin.entered.as)).status).toBe(201)
    const { items } = (await (await server.call('GET', '/api/v1/accounts')).json()) as {
      items: { login: string; invited_by: string }[]
    }
    expect(items.find(({ login }) => login === 'x@example.com')?.invited_by).toBe(admin.id)
  })
})

describe('a sign-in with a password', () => {
  test('is refused the same way for a wrong password, an unknown login and an account without a password', async () => {
    await made('right@example.com')
    await invite('unset@example.com')
    const answers = await Promise.all([
      signIn('right@example.com', 'wrong password 1'),
      signIn('unknown@example.com'),
      signIn('unset@example.com', ''.padEnd(12, 'x')),
    ])
    expect(answers.map(({ status, said }) => [status, pick(said, 'detail')])).toEqual(
      answers.map(() => [401, 'Login or password is not right.']),
    )
  })

  test('stores no password, no code and no cookie as they are', async () => {
    const { code, entered } = await made('stored@example.com')
    const { rows } = await server.database.query({
      text: 'select a::text from operator_accounts a union all select s::text from operator_sessions s',
    })
    const stored = JSON.stringify(rows)
    for (const secret of [PASSWORD, code, entered.as.cookie.split('=')[1] ?? ''])
      expect(stored).not.toContain(secret)
  })

  test('needs the header against other sites in its writes', async () => {
    const { entered } = await made('csrf@example.com', 'admin')
    const body = { name: 'by a page' }
    expect((await ask('POST', '/keys', body, { cookie: entered.as.cookie })).status).toBe(403)
    expect((await ask('POST', '/keys', body, entered.as)).status).toBe(201)
  })

  test('takes key or login with password, never a mixture', async () => {
    for (const body of [{}, { login: 'a@example.com' }, { key: 'k', login: 'a@example.com', password: 'x' }])
      expect((await ask('POST', '/session', body)).status).toBe(400)
  })
})

describe('an account', () => {
  test('that is disabled is signed out at once, cannot sign in, and can again when it is enabled', async () => {
    const { id, entered } = await made('gone@example.com')
    const disabled = await server.call('PATCH', `/api/v1/accounts/${id}`, { disabled: true })
    expect(await disabled.json()).toMatchObject({ disabled_at: expect.any(String) })
    expect((await ask('GET', '/session', undefined, entered.as)).status).toBe(401)
    expect((await signIn('gone@example.com')).status).toBe(401)
    expect((await server.call('POST', `/api/v1/accounts/${id}/invitation`)).status).toBe(409)
    await server.call('PATCH', `/api/v1/accounts/${id}`, { disabled: false })
    expect((await signIn('gone@example.com')).status).toBe(201)
  })

  test('has a new role with its next request', async () => {
    const { id, entered } = await made('rises@example.com', 'read-only')
    expect((await ask('POST', '/keys', { name: 'x' }, entered.as)).status).toBe(403)
    await server.call('PATCH', `/api/v1/accounts/${id}`, { role: 'admin' })
    expect((await ask('POST', '/keys', { name: 'x' }, entered.as)).status).toBe(201)
  })

  test('does not disable itself', async () => {
    const { id, entered } = await made('self@example.com', 'admin')
    expect((await ask('PATCH', `/accounts/${id}`, { disabled: true }, entered.as)).status).toBe(409)
    expect((await ask('PATCH', `/accounts/${id}`, { name: 'Self' }, entered.as)).status).toBe(200)
  })

  test('changes its password with the present one; its other sign-ins end, this one stays', async () => {
    const { entered } = await made('change@example.com', 'read-only')
    const other = await signIn('change@example.com')
    const change = (current: string, password: string) =>
      ask('PUT', '/accounts/password', { current, password }, entered.as)
    expect((await change('not the present one', 'a whole new password')).status).toBe(422)
    expect((await change(PASSWORD, 'short')).status).toBe(422)
    expect((await change(PASSWORD, 'a whole new password')).status).toBe(204)
    expect((await ask('GET', '/session', undefined, other.as)).status).toBe(401)
    expect((await ask('GET', '/session', undefined, entered.as)).status).toBe(200)
    expect((await signIn('change@example.com')).status).toBe(401)
    expect((await signIn('change@example.com', 'a whole new password')).status).toBe(201)
  })

  test('is not what a key has: it has no password to change', async () => {
    const answer = await server.call('PUT', '/api/v1/accounts/password', { current: 'x', password: 'y' })
    expect(answer.status).toBe(409)
  })
})

test('after ten wrong passwords a login has to wait, but not where it got in before', async () => {
  await using other = await operatorServer(inMemoryServices(), { now: () => clockMs, passwordCost: CHEAP })
  const [former, before] = [server, clockMs]
  server = other
  try {
    await made('target@example.com')
    expect((await signIn('target@example.com')).status).toBe(201)
    for (let attempt = 0; attempt < 10; attempt += 1)
      await signIn('victim@example.com', `wrong password ${attempt}`)
    expect((await signIn('victim@example.com')).answer.headers.get('retry-after')).toBe('300')
    expect((await signIn('victim@example.com')).status).toBe(429)
    for (let attempt = 0; attempt < 10; attempt += 1) await signIn('target@example.com', `wrong ${attempt}`)
    expect((await signIn('target@example.com')).status).toBe(201)
    clockMs += 5 * 60_000
    expect((await signIn('victim@example.com')).status).toBe(401)
  } finally {
    server = former
    clockMs = before
  }
})
