import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findingCodes } from '../../apps/console/src/pages/cdrs/finding-codes.js'
import { CHECK_CODES } from '../../packages/pricing/src/index.js'
import { hasBrowser, inBrowser, typeKey, type WatchedPage, watchedPage } from '../support/browser.js'
import { ConsoleWorld } from '../support/console-world.js'
import { cdr, token211 } from '../support/documents.js'
import { eventually } from '../support/node.js'

it('the console filters CDRs by every code that a check has', () => {
  expect([...findingCodes].toSorted()).toEqual(Object.keys(CHECK_CODES).toSorted())
})

describe.skipIf(!hasBrowser)(inBrowser('the console explains'), () => {
  let world: ConsoleWorld
  let watched: WatchedPage
  let page: Page

  beforeAll(async () => {
    world = await ConsoleWorld.start()
    const dear = cdr('DEAR', { session_id: 'S2', total_cost: { before_taxes: 11 } })
    await world.node.api('PUT', '/cdrs/DE/CPO/DEAR', dear)
    await eventually('a check of the dear CDR', async () => {
      const { body } = await world.node.api('GET', '/cdrs?outcome=differs')
      return (body as { total: number }).total === 1 ? true : undefined
    })
    watched = await watchedPage(world.browser, { permissions: ['clipboard-read', 'clipboard-write'] })
    page = watched.page
    await world.open(page, '/cdrs')
    await typeKey(page, world.node.apiKey)
    await page.getByRole('heading', { name: 'CDRs' }).waitFor()
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  it('which CDRs disagree, by how much and why, and keeps what is decided with its note', async () => {
    await page.getByLabel('Check').selectOption('differs')
    await page.waitForURL(/outcome=differs/)
    const row = page.getByRole('row').filter({ hasText: 'DEAR' })
    await row.getByText('+2.00 EUR').waitFor()
    await row.getByText('total differs').waitFor()
    const beyond = await page
      .locator('.rows-frame')
      .evaluate((frame) => frame.scrollWidth - frame.clientWidth)
    expect(beyond).toBeLessThanOrEqual(0)
    await row.getByRole('link', { name: 'differs', exact: true }).click()
    await page.getByText('does not state what was computed').waitFor()
    const lines = page.getByRole('table', { name: 'Price line by line' })
    await lines.getByText('/elements/0/price_components/0').waitFor()
    await page.getByLabel('Note').fill('asked for a credit')
    await page.getByRole('button', { name: 'Dispute' }).click()
    await page.getByRole('list', { name: 'Decisions' }).getByText('asked for a credit').waitFor()
    await world.open(page, '/cdrs?state=disputed')
    await page.getByRole('link', { name: 'DEAR' }).waitFor()
  })

  it('what a session costs line by line, and its story down to the messages', async () => {
    await world.open(page, '/sessions/DE/CPO/S1?tab=cost')
    await page.getByRole('table', { name: 'Price line by line' }).getByText('AC-DAY').waitFor()
    await page.getByRole('tab', { name: 'Story' }).click()
    const steps = page.getByRole('list', { name: 'Story of the session' })
    await steps.getByText('told Foreign MSP that session S1').first().waitFor()
    await steps.getByRole('link', { name: 'Message' }).first().click()
    await page.getByRole('region', { name: 'Request' }).getByText('x-request-id').waitFor()
  })

  it('why a charge did not start: for support, for the driver in four languages, and with its story', async () => {
    const { party } = world.emsp
    const start = { token: token211('04FF'), location_id: 'LOC1', evse_uid: 'E1' }
    await party.send('POST', party.at('commands', 'RECEIVER', '/START_SESSION'), {
      body: { ...start, response_url: `${party.url}/results/1` },
    })
    const { body } = await world.node.api('GET', '/commands')
    const [{ id } = { id: '' }] = (body as { items: { id: string }[] }).items
    const message = [{ language: 'en', text: 'Bay 4 is full' }]
    await world.node.api('POST', `/commands/${id}/result`, { result: 'EVSE_OCCUPIED', message })
    await world.open(page, `/commands/${id}`)
    const why = page.getByRole('region', { name: 'Why it failed' })
    await why.getByText('failed, evse_occupied').waitFor()
    await why.getByText('The words were: "Bay 4 is full"').waitFor()
    await why.getByText('de', { exact: true }).click()
    await why.getByText('Hier lädt schon jemand.').waitFor()
    const story = page.getByRole('list', { name: 'Story of the command' })
    await story.getByText('to start charging at location LOC1').waitFor()
    await why
      .getByRole('link', { name: /Message/ })
      .first()
      .click()
    await page.getByRole('region', { name: 'Request' }).getByText('x-request-id').waitFor()
  })

  it('what a driver pays under a tariff, in the language that is chosen', async () => {
    await world.open(page, '/tariffs/DE/CPO/AC-DAY?tab=words')
    const words = page.getByRole('list', { name: 'The tariff in words' })
    await words.getByText('€0.5355 per kWh').waitFor()
    await page.getByLabel('Language').selectOption('de')
    await words.getByText('0,5355 € pro kWh').waitFor()
  })

  it('what was said: filtered, as it happens, with a command to say it again', async () => {
    await world.open(page, '/conversation')
    await page.getByLabel('Direction').selectOption('out')
    await page.getByLabel('Module').selectOption('locations')
    await page.waitForURL(/module=locations/)
    const paths = page.getByRole('table', { name: 'Messages' }).getByRole('link', { name: /\/locations\// })
    await paths.first().waitFor()
    const before = await paths.count()
    await world.node.api('PATCH', '/locations/DE/CPO/LOC1', { name: 'Depot Nord' })
    await paths.nth(before).waitFor()
    await paths.first().click()
    await page.getByText('Depot Nord').waitFor()
    await page.getByRole('button', { name: 'Copy as curl' }).click()
    await page.getByText('Copied; set OCPI_TOKEN').waitFor()
    const command = await page.evaluate(() => navigator.clipboard.readText())
    expect(command).toMatch(/^curl .*\$OCPI_TOKEN/ms)
    await page.getByText('is not marked as a test partner').waitFor()
    expect(await page.getByRole('button', { name: 'Send again' }).isDisabled()).toBe(true)
  })

  it('what belongs together, and sends a request again to a partner that is there for tests', async () => {
    await world.node.api('PATCH', `/partners/${world.emsp.id}`, { test_partner: true })
    await page.reload()
    await page.getByRole('button', { name: 'Send again' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click()
    await page.getByRole('link', { name: 'Its messages' }).click()
    const together = page.getByRole('list', { name: 'Messages of the correlation' })
    await together.getByText('this node → Foreign MSP').first().waitFor({ state: 'attached' })
    await together.getByRole('link').first().waitFor()
    expect(watched.complaints).toEqual([])
  })
})
