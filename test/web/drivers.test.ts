import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  hasBrowser,
  inBrowser,
  launch,
  overhang,
  seriousFindings,
  typeKey,
  type WatchedPage,
  watchedPage,
} from '../support/browser.js'
import { location } from '../support/documents.js'
import { type DriverClient, testDriver } from '../support/drivers.js'
import { startTestNode, type TestNode } from '../support/node.js'

const looks = [
  ['wide and light', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
  ['narrow and dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
] as const

describe.skipIf(!hasBrowser)(inBrowser('drivers in the console'), () => {
  let node: TestNode
  let browser: Browser
  let driver: DriverClient
  let [driverId, reportId] = ['', '']

  const enter = async (path: string, options = {}, key = node.apiKey): Promise<WatchedPage> => {
    const watched = await watchedPage(browser, options)
    await watched.page.goto(`${node.url}${path}`)
    await typeKey(watched.page, key)
    return watched
  }

  beforeAll(async () => {
    ;[node, browser] = await Promise.all([
      startTestNode({ console: true, env: { DRIVER_APP: 'true', DRIVER_DEMO: 'true' } }),
      launch(),
    ])
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Drive' } })
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Charge' } })
    await node.api('PUT', '/locations/DE/CPO/LOC1', location())
    driver = await testDriver(node)
    driverId = String(((await driver.call('GET', '/account')).body as { id: string }).id)
    const station = { country_code: 'DE', party_id: 'CPO', location_id: 'LOC1' }
    const text =
      'Der Stecker ging nicht ab.\nIch musste die Leitstelle anrufen, die erst nach zwanzig Minuten kam.'
    const { body } = await driver.call('POST', '/problems', {
      kind: 'could_not_stop',
      text,
      station,
      evse_uid: 'E1',
    })
    reportId = String((body as { id: string }).id)
  })
  afterAll(async () => {
    await browser?.close()
    await node?.[Symbol.asyncDispose]()
  })

  describe.each(looks)('%s', (_look, options) => {
    let watched: WatchedPage
    beforeAll(async () => {
      watched = await enter('/drivers', options)
      await watched.page.getByRole('heading', { name: 'Drivers', level: 1 }).waitFor()
    })
    afterAll(() => watched?.page.context().close())

    it.each([
      ['/drivers', 'Drivers'],
      ['/drivers?search=nobody', 'Drivers'],
      ['/drivers/DRIVER', 'Robin Test (test driver)'],
      ['/drivers/nobody', 'There is no such driver'],
      ['/problem-reports', 'Problem reports'],
      ['/problem-reports?state=closed', 'Problem reports'],
      ['/problem-reports/REPORT', 'Charging did not stop'],
    ])('%s can be used by everybody, and fits', async (path, heading) => {
      const { page, complaints } = watched
      const address = path.replace('DRIVER', driverId).replace('REPORT', reportId)
      await page.evaluate((to) => history.pushState(null, '', to), address)
      await page.getByRole('heading', { name: heading, level: 1, exact: true }).waitFor()
      await page.getByLabel('Loading').first().waitFor({ state: 'detached' })
      expect(await seriousFindings(page)).toEqual([])
      expect(await overhang(page)).toBeLessThanOrEqual(0)
      expect(complaints).toEqual([])
    })
  })

  it('a report is answered, and the driver reads the answer', async () => {
    const { page } = await enter('/problem-reports?state=open')
    await page.getByRole('link', { name: 'Charging did not stop' }).click()
    await page.getByRole('button', { name: 'Send the answer' }).click()
    await page.getByText('Write what the driver should read.').waitFor()
    await page.getByLabel('What the driver reads').fill('Das Kabel ist getauscht.')
    await page.getByRole('button', { name: 'Send the answer' }).click()
    await page.getByRole('button', { name: 'Change the answer' }).waitFor()
    expect((await driver.call('GET', '/problems')).body).toMatchObject({
      items: [{ state: 'answered', answer: 'Das Kabel ist getauscht.' }],
    })
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('button', { name: 'Reopen' }).waitFor()
    await page.context().close()
  })

  it('a new report appears by itself', async () => {
    const { page } = await enter('/problem-reports')
    await page.getByRole('table', { name: 'Problem reports' }).waitFor()
    await driver.call('POST', '/problems', { kind: 'wrong_price', text: 'Zu teuer.' })
    await page.getByRole('link', { name: 'Price is wrong' }).waitFor()
    await page.context().close()
  })

  it('a card is given and taken away', async () => {
    const { page } = await enter(`/drivers/${driverId}`)
    await page.getByRole('button', { name: 'Give card' }).click()
    await page.getByText('Type or read the UID of the card.').waitFor()
    await page.getByLabel('UID of the card').fill('04CAFE01')
    await page.getByRole('button', { name: 'Give card' }).click()
    const row = page.getByRole('row').filter({ hasText: '04CAFE01' })
    await row.getByText('active').waitFor()
    await row.getByRole('button', { name: 'Take away' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take away' }).click()
    await row.waitFor({ state: 'detached' })
    expect((await node.api('GET', '/tokens/DE/MSP/04CAFE01')).body).toMatchObject({ valid: false })
    await page.context().close()
  })

  it('who may only read is not offered them, and is told why at their address', async () => {
    const { body } = await node.api('POST', '/keys', { name: 'reader', role: 'read-only' })
    const { page } = await enter('/drivers', {}, String((body as { key: string }).key))
    await page
      .getByText(/support/)
      .first()
      .waitFor()
    expect(await page.getByRole('link', { name: 'Problem reports' }).count()).toBe(0)
    await page.context().close()
  })
})
