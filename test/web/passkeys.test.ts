import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasBrowser, inBrowser, launch } from '../support/browser.js'
import { startTestNode, type TestNode } from '../support/node.js'

/** What a call of the driver API answered, out of the page. */
interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
}

let node: TestNode
let browser: Browser

/** A page at the address of the node, in a browser of its own with an authenticator that always says yes. */
interface Visitor {
  readonly page: Page
  readonly cdp: CDPSession
  readonly authenticatorId: string
  call(method: string, path: string, body?: unknown): Promise<Answer>
  /** Makes a passkey for whoever is signed in. */
  add(name?: string): Promise<Answer>
  /** Signs what the node asks; the answer is not sent. */
  sign(): Promise<unknown>
}

const visit = async (): Promise<Visitor> => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.route('**/a-page', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Passkeys</title>' }),
  )
  await page.goto(`${node.url}/a-page`)
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  const call: Visitor['call'] = (method, path, body) =>
    page.evaluate(
      async ([verb = 'GET', address = '', text]) => {
        const answer = await fetch(`/driver/v1${address}`, {
          method: verb,
          headers: {
            'x-interwatt-app': 'drive',
            ...(text === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(text === undefined ? {} : { body: text }),
        })
        const got = await answer.text()
        return { status: answer.status, body: got === '' ? {} : JSON.parse(got) }
      },
      [method, path, ...(body === undefined ? [] : [JSON.stringify(body)])],
    )
  return {
    ...{ page, cdp, authenticatorId, call },
    async add(name) {
      const { body: options } = await call('POST', '/account/passkeys/options')
      const credential = await page.evaluate(async (json) => {
        const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(json))
        const made = await navigator.credentials.create({ publicKey })
        return made instanceof PublicKeyCredential ? made.toJSON() : null
      }, JSON.stringify(options))
      return call('POST', '/account/passkeys', { credential, ...(name === undefined ? {} : { name }) })
    },
    async sign() {
      const { body: options } = await call('POST', '/sign-in/passkey/options')
      return page.evaluate(async (json) => {
        const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(json))
        const got = await navigator.credentials.get({ publicKey })
        return got instanceof PublicKeyCredential ? got.toJSON() : null
      }, JSON.stringify(options))
    },
  }
}

/** A visitor who is the test driver and has a passkey. */
const driverWithPasskey = async (): Promise<Visitor & { readonly id: string }> => {
  const visitor = await visit()
  await visitor.call('POST', '/sign-in/demo', {})
  const { status, body } = await visitor.add()
  expect(status).toBe(201)
  return { ...visitor, id: String(body.id) }
}

describe.skipIf(!hasBrowser)(inBrowser('passkeys of drivers'), () => {
  beforeAll(async () => {
    node = await startTestNode({ env: { DRIVER_APP: 'true', DRIVER_DEMO: 'true' }, name: 'localhost' })
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Drive' } })
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await node?.[Symbol.asyncDispose]()
  })

  it('are made once, and sign in without a name or a code', async () => {
    const visitor = await visit()
    expect((await visitor.call('GET', '/app')).body).toMatchObject({ sign_in: { passkey: true } })
    const { body: account } = await visitor.call('POST', '/sign-in/demo', {})
    const added = await visitor.add('My telephone')
    expect(added).toMatchObject({ status: 201, body: { name: 'My telephone', last_used_at: null } })
    expect(await visitor.page.context().cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }])
    await visitor.call('DELETE', '/sign-in')
    expect((await visitor.call('GET', '/account')).status).toBe(401)
    const signedIn = await visitor.call('POST', '/sign-in/passkey', { credential: await visitor.sign() })
    expect(signedIn).toEqual({ status: 200, body: account })
    const { body: list } = await visitor.call('GET', '/account/passkeys')
    expect(list).toEqual({
      items: [expect.objectContaining({ name: 'My telephone', last_used_at: expect.any(String) })],
    })
    expect(JSON.stringify(list)).not.toContain('key"')
    await visitor.page.context().close()
  })

  it('do not sign in twice with one answer, nor in another browser', async () => {
    const [visitor, thief] = [await driverWithPasskey(), await visit()]
    const stolen = { credential: await visitor.sign() }
    await thief.call('POST', '/sign-in/passkey/options')
    const refused = await thief.call('POST', '/sign-in/passkey', stolen)
    expect(refused.body).toMatchObject({ status: 401, type: 'urn:interwatt:problem:passkey-not-accepted' })
    expect((await visitor.call('POST', '/sign-in/passkey', stolen)).status).toBe(200)
    expect((await visitor.call('POST', '/sign-in/passkey', stolen)).status).toBe(401)
    await visitor.page.context().close()
    await thief.page.context().close()
  })

  it('that were copied are not accepted: they count less than is known', async () => {
    const visitor = await driverWithPasskey()
    const signIn = async () =>
      (await visitor.call('POST', '/sign-in/passkey', { credential: await visitor.sign() })).status
    const { authenticatorId, cdp } = visitor
    const before = await cdp.send('WebAuthn.getCredentials', { authenticatorId })
    expect([await signIn(), await signIn()]).toEqual([200, 200])
    await cdp.send('WebAuthn.clearCredentials', { authenticatorId })
    for (const credential of before.credentials)
      await cdp.send('WebAuthn.addCredential', { authenticatorId, credential })
    expect(await signIn()).toBe(401)
    await visitor.page.context().close()
  })

  it('sign nothing that was changed on the way', async () => {
    const visitor = await driverWithPasskey()
    const signed = JSON.parse(JSON.stringify(await visitor.sign()))
    const signature = String(signed.response.signature)
    const broken = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`
    const credential = { ...signed, response: { ...signed.response, signature: broken } }
    expect((await visitor.call('POST', '/sign-in/passkey', { credential })).status).toBe(401)
    await visitor.page.context().close()
  })

  it('that were removed sign in no more', async () => {
    const visitor = await driverWithPasskey()
    expect((await visitor.call('DELETE', `/account/passkeys/${visitor.id}`)).status).toBe(204)
    expect((await visitor.call('DELETE', `/account/passkeys/${visitor.id}`)).status).toBe(404)
    expect(
      (await visitor.call('POST', '/sign-in/passkey', { credential: await visitor.sign() })).status,
    ).toBe(401)
    await visitor.page.context().close()
  })

  it('are not added without having been asked for, nor by words that are no passkey', async () => {
    const visitor = await driverWithPasskey()
    const credential = await visitor.sign()
    const made = {
      ...{ id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {} },
      response: { clientDataJSON: 'e30', attestationObject: 'o2M' },
    }
    const unasked = await visitor.call('POST', '/account/passkeys', { credential: made })
    expect(unasked.body).toMatchObject({ status: 400, type: 'urn:interwatt:problem:passkey-not-accepted' })
    await visitor.call('POST', '/account/passkeys/options')
    expect((await visitor.call('POST', '/account/passkeys', { credential: made })).status).toBe(400)
    for (const body of [{}, { credential }, { credential: { ...made, id: '../..' } }, { credential: 'AAAA' }])
      expect((await visitor.call('POST', '/account/passkeys', body)).status).toBe(400)
    await visitor.page.context().close()
  })
})
