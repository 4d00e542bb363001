import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, hasBrowser, inBrowser, typeKey, type WatchedPage, watchedPage } from '../support/browser.js'
import { ConsoleWorld } from '../support/console-world.js'
import { ForeignParty } from '../support/foreign-party.js'

describe.skipIf(!hasBrowser)(inBrowser('the console in use'), () => {
  let world: ConsoleWorld
  let watched: WatchedPage
  let page: Page

  beforeAll(async () => {
    world = await ConsoleWorld.start()
    watched = await watchedPage(world.browser, { acceptDownloads: true })
    page = watched.page
    await world.open(page, '/')
    await typeKey(page, world.node.apiKey)
    await page.getByRole('heading', { name: 'Network' }).waitFor()
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  it('leads from a list to a station, its EVSEs, and what a partner gets of it', async () => {
    await world.open(page, '/locations')
    await page.getByRole('link', { name: 'Depot Süd' }).click()
    await page.getByRole('tab', { name: 'EVSEs' }).click()
    await page.getByRole('heading', { name: 'DE*TST*E1' }).waitFor()
    await page.getByRole('tab', { name: 'As a partner sees it' }).click()
    await page.getByText(/OCPI 2\.1\.1: \d+ losses on the way/).waitFor()
  })

  it('shows a change as it happens', async () => {
    await world.open(page, '/locations/DE/CPO/LOC1?tab=evses')
    await page.locator('[data-live="live"]').waitFor()
    await page.getByText('AVAILABLE').first().waitFor()
    await world.node.api('PATCH', '/locations/DE/CPO/LOC1/evses/E1', { status: 'CHARGING' })
    await page.getByText('CHARGING', { exact: true }).waitFor()
  })

  it('keeps filters in the address', async () => {
    await world.open(page, '/sessions')
    await page.getByLabel('Status').selectOption('COMPLETED')
    await page.waitForURL(/status=COMPLETED/)
    await page.reload()
    expect(await page.getByLabel('Status').inputValue()).toBe('COMPLETED')
    await page.getByLabel('Location').fill('NOWHERE')
    await page.getByText('No session matches').waitFor()
    await page.getByRole('button', { name: 'Clear the filters' }).click()
    await page.getByRole('link', { name: 'S1', exact: true }).waitFor()
  })

  it('forgets text that was not yet a filter when the filters are cleared', async () => {
    await world.open(page, '/sessions?status=COMPLETED')
    await page.getByText('No session matches').waitFor()
    await page.getByLabel('Location').fill('NOWHERE')
    await page.getByRole('button', { name: 'Clear the filters' }).click()
    await page.getByRole('link', { name: 'S1', exact: true }).waitFor()
    await page.waitForTimeout(600)
    expect([page.url(), await page.getByLabel('Location').inputValue()]).toEqual([
      expect.not.stringContaining('NOWHERE'),
      '',
    ])
  })

  it('sorts by a heading, with the keyboard too', async () => {
    await world.open(page, '/tariffs')
    await page.getByRole('button', { name: 'Tariff' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('th[aria-sort="ascending"]').waitFor()
  })

  it('exports a list as CSV', async () => {
    await world.open(page, '/tariffs')
    await page.getByRole('button', { name: 'Export' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV' }).click(),
    ])
    const text = await readFile(await download.path(), 'utf8')
    expect(text.split('\r\n').slice(0, 2)).toEqual([
      'Tariff,CPO,For,First price,Currency,Updated,From',
      expect.stringMatching(/^AC-DAY,DE\*CPO,REGULAR,0\.45 EUR per kWh \(19 % VAT\),EUR,/),
    ])
  })

  const register = async (party: Pick<ForeignParty, 'versionsUrl'>): Promise<void> => {
    await world.open(page, '/partners/new?way=register')
    await field(page, 'Name').fill('Foreign CPO')
    await field(page, 'Versions address').fill(party.versionsUrl)
    await field(page, 'Registration token').fill('token-a-of-the-partner')
    await page.getByRole('button', { name: 'Register' }).click()
  }

  it('says at which step a registration failed, why, and what to do', async () => {
    const options = {
      version: '2.2.1',
      role: 'EMSP',
      party: { country_code: 'NL', party_id: 'NEW' },
    } as const
    await using party = await ForeignParty.start(options)
    party.routes.set('GET /2.2.1', () => ({ http: 401, code: 2000 }))
    await register(party)
    await page.getByText('The partner does not accept the token').waitFor()
    const steps = page.getByRole('list', { name: 'Steps of the registration' }).getByRole('listitem')
    const states = (await steps.allInnerTexts()).map((text) => text.split('\n')[0])
    expect(states).toEqual(['done', 'failed', 'not reached', 'not reached'])
    await page.getByText('Ask the partner for a new registration token').waitFor()
    expect(await field(page, 'Name').inputValue()).toBe('Foreign CPO')
    party.routes.clear()
    await page.getByRole('button', { name: 'Register' }).click()
    await page.getByText('Registered in OCPI 2.2.1').waitFor()
    await page.getByRole('link', { name: 'To its page' }).click()
    await page.getByRole('heading', { name: 'Foreign CPO' }).waitFor()
  })

  it('complains of every wrong field before anything is sent', async () => {
    await world.open(page, '/partners/new?way=register')
    await field(page, 'Versions address').fill('ftp://nowhere')
    await page.getByRole('button', { name: 'Register' }).click()
    await page.getByText('A partner needs a name.').waitFor()
    await page.getByText('An address that begins with https:// is needed.').waitFor()
    await page.getByText('The token that the partner handed over is needed.').waitFor()
  })

  it('asks before it pauses a partner, and says so on the first page', async () => {
    await world.open(page, `/partners/${world.emsp.id}`)
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Pause' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click()
    await page.getByText('Why it is paused').waitFor()
    await world.open(page, '/')
    await page.getByRole('region', { name: 'Needs attention' }).getByText('paused').waitFor()
    await world.node.api('POST', `/partners/${world.emsp.id}/resume`)
    await page
      .getByRole('region', { name: 'Needs attention' })
      .getByText('paused')
      .waitFor({ state: 'detached' })
  })

  it('goes on by itself when the node was restarted under the page', async () => {
    await world.open(page, '/locations/DE/CPO/LOC1?tab=evses')
    await page.locator('[data-live="live"]').waitFor()
    await world.node.restart()
    await page.getByText('Connected again').waitFor()
    await world.node.api('PATCH', '/locations/DE/CPO/LOC1/evses/E2', { status: 'INOPERATIVE' })
    await page.getByText('INOPERATIVE').waitFor()
  })

  it('gave the browser nothing to complain about, and talked to no other host', () => {
    const complaints = watched.complaints.filter((text) => !text.includes('ERR_'))
    expect(complaints).toEqual([])
    expect([...watched.hosts]).toEqual([new URL(world.node.url).host])
  })
})
