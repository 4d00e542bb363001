import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  field,
  hasBrowser,
  inBrowser,
  launch,
  overhang,
  seriousFindings,
  typeKey,
  watchedPage,
} from '../support/browser.js'
import { ForeignParty } from '../support/foreign-party.js'
import { freePort, startTestNode, type TestNode } from '../support/node.js'

describe.skipIf(!hasBrowser)(inBrowser('the guided handshake'), () => {
  let cpo: TestNode
  let emsp: TestNode
  let browser: Browser
  let page: Page
  let complaints: readonly string[]

  const steps = () => page.getByRole('list', { name: 'Steps of the registration' })
  const states = async (): Promise<readonly (string | null)[]> =>
    Promise.all((await steps().locator(':scope > li').all()).map((step) => step.getAttribute('data-state')))
  const messages = (index: number) => steps().locator(':scope > li').nth(index).locator('summary')
  const invitation = async (): Promise<{ id: string; token_a: string; versions_url: string }> => {
    const { body } = await emsp.api('POST', '/partners', { name: 'The CPO' })
    return body as { id: string; token_a: string; versions_url: string }
  }
  const register = async (url: string, token: string): Promise<void> => {
    await page.goto(`${cpo.url}/partners/new?way=register`)
    await field(page, 'Name').fill('The other side')
    await field(page, 'Versions address').fill(url)
    await field(page, 'Registration token').fill(token)
    await page.getByRole('button', { name: 'Register' }).click()
  }

  beforeAll(async () => {
    ;[cpo, emsp, browser] = await Promise.all([startTestNode({ console: true }), startTestNode(), launch()])
    await cpo.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Ours' } })
    await emsp.api('PUT', '/parties/NL/MSP', { roles: ['EMSP'], business_details: { name: 'Theirs' } })
    const watched = await watchedPage(browser)
    page = watched.page
    complaints = watched.complaints
    await page.goto(cpo.url)
    await typeKey(page, cpo.apiKey)
    await page.getByRole('heading', { name: 'Network' }).waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await Promise.all([cpo?.[Symbol.asyncDispose](), emsp?.[Symbol.asyncDispose]()])
  })

  it('names the wrong token at the step that noticed it, with its rule, and keeps what was typed', async () => {
    const { versions_url } = await invitation()
    await register(versions_url, 'not-the-token')
    await steps().getByText('Compare the token').waitFor()
    await steps().getByText('Rule TRN-010').waitFor()
    expect(await states()).toEqual(['failed', 'open', 'open', 'open', 'open'])
    await messages(0).first().getByText('401').waitFor()
    expect(await field(page, 'Name').inputValue()).toBe('The other side')
    expect(await seriousFindings(page)).toEqual([])
  })

  it.each([
    ['an address of something else', () => `${emsp.url}/health/live`, 'but not OCPI', 'TRN-030'],
    ['a name nobody has', () => 'http://partner.invalid/versions', 'does not exist', 'VER-003'],
    [
      'https where there is none',
      () => `${emsp.url.replace('http:', 'https:')}/ocpi/versions`,
      'certificate',
      'TRN-013',
    ],
  ])('explains %s', async (_what, url, remedy, rule) => {
    await register(url(), 'some-token')
    await steps().getByText(remedy).waitFor()
    await steps().getByText(`Rule ${rule}`).waitFor()
    expect(await states()).toEqual(['failed', 'open', 'open', 'open', 'open'])
  })

  it('explains an address where nobody listens', async () => {
    await register(`http://127.0.0.1:${await freePort()}/versions`, 'some-token')
    await steps().getByText('Nobody listens at that address').waitFor()
  })

  it('names the step in the middle, and what the partner says when it cannot call back', async () => {
    await using party = await ForeignParty.start({
      version: '2.2.1',
      role: 'EMSP',
      party: { country_code: 'NL', party_id: 'NEW' },
    })
    party.routes.set('GET /versions', () => ({ http: 404, code: 2000 }))
    await register(party.versionsUrl, 'token-a')
    await steps().getByText('leads nowhere').waitFor()
    expect(await states()).toEqual(['failed', 'open', 'open', 'open', 'open'])
    party.routes.clear()
    party.routes.set('GET /2.2.1', () => ({ http: 401, code: 2000 }))
    await page.getByRole('button', { name: 'Register' }).click()
    await steps().getByText('Compare the token').waitFor()
    expect(await states()).toEqual(['done', 'failed', 'open', 'open', 'open'])
    party.routes.clear()
    party.routes.set('POST /2.2.1/credentials', () => ({ code: 3001 }))
    await page.getByRole('button', { name: 'Register' }).click()
    await steps().getByText('PUBLIC_URL has to be an address').waitFor()
    expect(await states()).toEqual(['done', 'done', 'done', 'failed', 'open'])
    party.routes.set('POST /2.2.1/credentials', () => ({ http: 405, code: 2000 }))
    await page.getByRole('button', { name: 'Register' }).click()
    await steps().getByText('Rule CRD-027').waitFor()
  })

  it('shows every message of a registration with another node, both ways, without its secrets', async () => {
    const { token_a, versions_url } = await invitation()
    await register(versions_url, token_a)
    await page.getByText(/Registered in OCPI 2\.3\.0/).waitFor()
    expect(await states()).toEqual(['done', 'done', 'done', 'done', 'done'])
    await messages(3).nth(1).waitFor()
    await messages(2).first().click()
    await steps().getByRole('region', { name: 'Request' }).getByText('"[hidden]"').first().waitFor()
    expect(await page.content()).not.toContain(token_a)
    await page.getByRole('link', { name: 'To its page' }).click()
    await page.getByRole('heading', { name: 'The other side' }).waitFor()
  })

  it('waits for a partner that was invited and shows its calls as they come, those that failed too', async () => {
    await using party = await ForeignParty.start({
      version: '2.2.1',
      role: 'EMSP',
      party: { country_code: 'SE', party_id: 'NEW' },
    })
    await page.goto(`${cpo.url}/partners/new`)
    await field(page, 'Name').fill('Invited')
    await page.getByRole('button', { name: 'Make an invitation' }).click()
    await page.getByText('Waiting for the partner').waitFor()
    const token = (await page.locator('code.secret').first().textContent()) ?? ''
    party.routes.set('GET /versions', () => ({ http: 500 }))
    await party.register(`${cpo.url}/ocpi/versions`, token)
    await steps().getByText('Rule CRD-032').waitFor()
    party.routes.clear()
    await party.register(`${cpo.url}/ocpi/versions`, token)
    await page.getByText(/Registered in OCPI 2\.2\.1/).waitFor()
    expect(await states()).toEqual(['done', 'done', 'done', 'done', 'done'])
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await seriousFindings(page)).toEqual([])
    await expect.poll(() => overhang(page)).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
  })
})
