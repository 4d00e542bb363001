import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  hasBrowser,
  inBrowser,
  overhang,
  seriousFindings,
  type WatchedPage,
  watchedPage,
} from '../support/browser.js'
import { DriveWorld } from '../support/drive-world.js'

/** Pages of somebody who is signed in, with their headings. */
const pages = [
  ['/charging', 'Charging'],
  ['/history', 'History'],
  ['/account', 'Account'],
  ['/account/profile', 'Name and language'],
  ['/account/vehicles', 'Vehicles'],
  ['/account/vehicles/new', 'New vehicle'],
  ['/account/vehicles/VEHICLE', 'Blue car'],
  ['/account/cards', 'Charging cards'],
  ['/account/passkeys', 'Passkeys'],
  ['/account/data', 'Your data'],
  ['/report?charge=C1', 'Report a problem'],
  ['/about', 'About this app'],
  ['/nowhere', 'This page does not exist'],
] as const

const looks = [
  ['wide and light', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
  ['narrow and dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
] as const

/** Longest words of the languages, on the narrowest page. */
const languages = [
  ['de', 'Fahrzeuge'],
  ['fr', 'Véhicules'],
  ['nl', 'Voertuigen'],
] as const

const car = {
  name: 'Blue car',
  battery_kwh: '77.4',
  max_ac_kw: '11',
  ac_phases: 3,
  max_dc_kw: '233',
  plugs: ['type2', 'ccs'],
  curve: [
    { percent: 0, kw: '120' },
    { percent: 10, kw: '233' },
    { percent: 80, kw: '120' },
  ],
}

describe.skipIf(!hasBrowser)(inBrowser('the pages of the driver app'), () => {
  let world: DriveWorld
  let vehicleId: string

  beforeAll(async () => {
    world = await DriveWorld.start()
    const driver = await world.driver()
    const { body } = await driver.call('POST', '/vehicles', car)
    vehicleId = String((body as { id: string }).id)
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  const usable = async ({ page, complaints }: WatchedPage): Promise<void> => {
    await page.locator('.bones').first().waitFor({ state: 'detached' })
    expect(await seriousFindings(page)).toEqual([])
    expect(await overhang(page)).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
  }

  describe.each(looks)('%s', (_look, options) => {
    let watched: WatchedPage

    beforeAll(async () => {
      watched = await watchedPage(world.browser, options)
      await world.open(watched.page, '/account')
      await watched.page.getByText('You are not signed in.').waitFor()
      await usable(watched)
      await world.open(watched.page, '/sign-in')
      await watched.page.getByRole('button', { name: 'Send the code' }).waitFor()
      await usable(watched)
      await world.enter(watched.page)
    })
    afterAll(() => watched?.page.context().close())

    it.each(pages)('%s can be used by everybody, and fits', async (path, heading) => {
      const { page } = watched
      // NOTE: the way of links; loading the whole app anew for each page would take most of the time.
      const address = `/drive${path.replace('VEHICLE', vehicleId)}`
      await page.evaluate((to) => history.pushState(null, '', to), address)
      await page.getByRole('heading', { name: heading, level: 1, exact: true }).waitFor()
      await usable(watched)
      expect(await page.title()).toBe(`${heading} – Interwatt Drive`)
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    })

    it('a dialog can be used by everybody, and closes with Escape', async () => {
      const { page } = watched
      await page.evaluate(() => history.pushState(null, '', '/drive/account/data'))
      await page.getByRole('button', { name: 'Delete the account …' }).click()
      await page.getByRole('button', { name: 'Delete for good' }).waitFor()
      expect(await page.getByRole('button', { name: 'Delete for good' }).isDisabled()).toBe(true)
      await usable(watched)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    })
  })

  it.each(languages)('speaks %s, and fits on a telephone', async (language, vehicles) => {
    const watched = await watchedPage(world.browser, {
      viewport: { width: 390, height: 844 },
      locale: language,
    })
    const { page } = watched
    await world.open(page, '/sign-in')
    await page.getByRole('button').first().click()
    await page.getByRole('link', { name: vehicles }).click()
    await page.getByRole('heading', { name: vehicles, level: 1 }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
    for (const path of ['/account', `/account/vehicles/${vehicleId}`, '/account/data', '/report', '/about']) {
      await page.evaluate((to) => history.pushState(null, '', to), `/drive${path}`)
      await page.locator('.bones').first().waitFor({ state: 'detached' })
      expect([path, await overhang(page)]).toEqual([path, 0])
    }
    expect(watched.complaints).toEqual([])
    await page.context().close()
  })

  it('asks no other host for anything', async () => {
    const { page, hosts } = await watchedPage(world.browser)
    await world.enter(page)
    await world.open(page, '/')
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
    expect([...hosts]).toEqual([new URL(world.node.url).host])
    await page.context().close()
  })
})
