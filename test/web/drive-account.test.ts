import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { field, hasBrowser, inBrowser, type WatchedPage, watchedPage } from '../support/browser.js'
import { DriveWorld } from '../support/drive-world.js'

describe.skipIf(!hasBrowser)(inBrowser('the account in the driver app'), () => {
  let world: DriveWorld
  let watched: WatchedPage
  let page: Page

  beforeAll(async () => {
    world = await DriveWorld.start()
  })
  afterAll(() => world?.[Symbol.asyncDispose]())
  beforeEach(async () => {
    watched = await watchedPage(world.browser, { viewport: { width: 390, height: 844 }, locale: 'en-GB' })
    page = watched.page
    await world.enter(page)
  })
  afterEach(async () => {
    expect(watched.complaints).toEqual([])
    await page.context().close()
  })

  it('takes a vehicle from the catalogue, changed a little, and uses it by default', async () => {
    await world.open(page, '/account/vehicles/new')
    await page.getByLabel('Model').selectOption('Renault Zoe R135')
    expect(await field(page, 'Name').inputValue()).toBe('Renault Zoe R135')
    await page.getByRole('img', { name: /^Charging curve: at most 46 kW/ }).waitFor()
    await field(page, 'Name').fill('Zoé')
    await field(page, 'Usable battery in kWh').fill('50,5')
    await page.getByRole('button', { name: 'Save' }).click()
    const entry = page.getByRole('link', { name: /^Zoé/ })
    await entry.waitFor()
    expect(await entry.innerText()).toContain('50.5 kWh · AC 22 kW · DC 46 kW')
    await entry.click()
    await page.getByRole('button', { name: 'Use by default' }).click()
    await page.getByText('Zoé is used by default.').waitFor()
    await page.getByRole('button', { name: 'Delete this vehicle' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('The vehicle is deleted.').waitFor()
    await entry.waitFor({ state: 'detached' })
    await page.getByText('Default', { exact: true }).waitFor()
  })

  it('says at every field of a vehicle what is wrong, and sends nothing', async () => {
    await world.open(page, '/account/vehicles/new')
    await field(page, 'Usable battery in kWh').fill('a lot')
    await field(page, 'Most AC power in kW').fill('')
    await page.getByLabel('Type 2').uncheck()
    await page.getByRole('button', { name: 'Save' }).click()
    for (const words of [
      'Give it a name of at most 60 characters.',
      'Between 1 and 1,000 kWh.',
      'A car charges with AC or DC: fill in one of them.',
      'Choose at least one plug.',
    ])
      await page.getByText(words).waitFor()
    expect(await field(page, 'Usable battery in kWh').inputValue()).toBe('a lot')
  })

  it('blocks a card after asking, names it, and lets it in again', async () => {
    await world.open(page, '/account/cards')
    const card = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Number' }).first()
    await card.getByRole('button', { name: 'Rename' }).click()
    await page.getByLabel('Name of the card').fill('Key ring')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await card.getByRole('heading', { name: 'Key ring' }).waitFor()
    await card.getByRole('button', { name: 'Block' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await card.getByText('Active').waitFor()
    await card.getByRole('button', { name: 'Block' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Block' }).click()
    await card.getByText('Blocked').waitFor()
    await card.getByRole('button', { name: 'Unblock' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Unblock' }).click()
    await card.getByText('Active').waitFor()
  })

  it('changes the name, and the language at once', async () => {
    await world.open(page, '/account/profile')
    await field(page, 'Name').fill('')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('A name has 1 to 80 characters.').waitFor()
    await field(page, 'Name').fill('Robin')
    await page.getByLabel('Language').selectOption('Deutsch')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Gespeichert.').waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Name und Sprache' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    expect(await field(page, 'Name').inputValue()).toBe('Robin')
  })

  it('offers to be installed when the browser can', async () => {
    const devices = await page.context().newCDPSession(page)
    const { errors, data } = await devices.send('Page.getAppManifest')
    expect(errors).toEqual([])
    expect(JSON.parse(data ?? '')).toMatchObject({ start_url: '/drive/', display: 'standalone' })
    await page.evaluate(() => {
      const offer = Object.assign(new Event('beforeinstallprompt'), {
        prompt: async () => document.body.setAttribute('data-asked', 'true'),
      })
      window.dispatchEvent(offer)
    })
    await page.getByRole('button', { name: 'Install' }).click()
    await page.locator('[data-asked="true"]').waitFor()
    await page.getByText('Keep this app at hand').waitFor({ state: 'detached' })
  })

  it('saves everything as a file, then deletes the account for good', async () => {
    await world.open(page, '/account/data')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the file' }).click(),
    ])
    const saved: unknown = JSON.parse(await readFile(await download.path(), 'utf8'))
    expect(saved).toMatchObject({ account: { is_demo: true } })
    await page.getByRole('button', { name: 'Delete the account …' }).click()
    await page.getByLabel('I know that this cannot be taken back.').check()
    await page.getByRole('button', { name: 'Delete for good' }).click()
    await page.getByText('Your account is deleted.').waitFor()
    await page.getByText('You are not signed in.').waitFor()
    expect(await page.context().cookies()).toEqual([])
  })
})
