import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasBrowser, inBrowser, launch, overhang, seriousFindings, watchedPage } from '../support/browser.js'
import { eventually } from '../support/node.js'
import { type StationWorld, startStationWorld } from '../support/station-world.js'

const NEAR = '?lat=52.52&lon=13.405&z=15'

const looks = [
  ['wide and light', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
  ['narrow and dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
] as const

describe.skipIf(!hasBrowser)(inBrowser('stations in the driver app'), () => {
  let world: StationWorld
  let browser: Browser

  beforeAll(async () => {
    ;[world, browser] = await Promise.all([startStationWorld(60, { drive: true }), launch()])
  })
  afterAll(async () => {
    await browser?.close()
    await world?.[Symbol.asyncDispose]()
  })

  const open = (page: Page, path: string) => page.goto(`${world.node.url}/drive${path}`)
  const usable = async (page: Page): Promise<void> => {
    await page.locator('.bones').first().waitFor({ state: 'detached' })
    expect(await seriousFindings(page)).toEqual([])
    expect(await overhang(page)).toBeLessThanOrEqual(0)
  }

  describe.each(looks)('%s', (_look, options) => {
    it('every page can be used by everybody, and fits', async () => {
      const { page, complaints, hosts } = await watchedPage(browser, options)
      await open(page, `/${NEAR}`)
      await page.locator('[data-drawn="true"]').waitFor({ timeout: 25_000 })
      await usable(page)
      for (const [path, what] of [
        ['/stations/DE/CPO/LOC1', '.evse'],
        ['/stations/compare?at=DE/CPO/LOC1/E1/1&at=DE/CPO/LOC1/E1/2', '.quote'],
        ['/stations/compare', '.empty'],
        ['/scan', 'input'],
      ] as const) {
        await page.evaluate((to) => history.pushState(null, '', to), `/drive${path}`)
        await page.locator(what).first().waitFor()
        await usable(page)
      }
      expect(complaints).toEqual([])
      expect([...hosts]).toEqual([new URL(world.node.url).host])
      await page.context().close()
    })
  })

  it('finds the places of all stations by itself, and shows a list beside the map', async () => {
    const { page } = await watchedPage(browser)
    await open(page, '/')
    await page.locator('.station-entry').nth(5).waitFor()
    await page.getByRole('button', { name: 'More stations' }).click()
    await eventually('a second page', async () =>
      (await page.locator('.station-entry').count()) > 20 ? true : undefined,
    )
    await page.context().close()
  })

  it('without the map is used with the keyboard alone, from the list to the price line by line', async () => {
    const { page } = await watchedPage(browser)
    await open(page, `/${NEAR}&view=list&plug=ccs`)
    const entry = page.getByRole('link', { name: /Depot Süd/ })
    await entry.waitFor()
    expect(await page.locator('.station-map').count()).toBe(0)
    await entry.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Depot Süd', level: 1 }).waitFor()
    const how = page.locator('.connector', { hasText: 'CCS' }).locator('summary')
    await how.focus()
    await page.keyboard.press('Enter')
    await page.getByText('Start fee of €0.35 plus 19% VAT: €0.42.').waitFor()
    await page.getByText('Total: €14.46').waitFor()
    await page.context().close()
  })

  it('keeps filters in the address, and takes them off again', async () => {
    const { page } = await watchedPage(browser)
    await open(page, `/${NEAR}&view=list`)
    await page.getByRole('button', { name: 'Free now' }).click()
    await page.getByRole('button', { name: '1 filter' }).click()
    await page.getByRole('dialog').getByLabel('CHAdeMO').check()
    await page.getByRole('dialog').getByLabel('At most per kWh, in EUR').fill('0,01')
    await page.getByRole('button', { name: 'Show stations' }).click()
    await page.getByRole('heading', { name: 'No station here' }).waitFor()
    const { searchParams } = new URL(page.url())
    expect([searchParams.get('free'), searchParams.getAll('plug'), searchParams.get('max_price')]).toEqual([
      'true',
      ['chademo'],
      '0.01',
    ])
    await page.reload()
    await page.getByRole('button', { name: 'Take filters off' }).click()
    await page.getByRole('link', { name: /Depot Süd/ }).waitFor()
    expect(new URL(page.url()).searchParams.get('free')).toBeNull()
    await page.context().close()
  })

  it('says what a price in another form is missing', async () => {
    const { page } = await watchedPage(browser)
    await open(page, `/${NEAR}&view=list`)
    await page.getByRole('button', { name: 'Filters' }).click()
    await page.getByLabel('At most per kWh, in EUR').fill('cheap')
    await page.getByText('A price looks like 0.55.').waitFor()
    await page.context().close()
  })

  it('tells the price for another amount and another car, and whether the car fits', async () => {
    const { page } = await watchedPage(browser)
    await open(page, '/stations/DE/CPO/LOC1')
    const ac = page.locator('.evse').first().locator('.connector').first().locator('.price-tag')
    await ac.getByText('€10.71').waitFor()
    await page.getByLabel('Energy').fill('40')
    await ac.getByText('€21.42').waitFor()
    await page.getByLabel('Car').selectOption({ label: 'Compact car' })
    await page.getByLabel('Percent of the battery').check()
    await page.getByLabel('Charge to').fill('60')
    await eventually('another price', async () =>
      (await ac.textContent())?.includes('€21.42') === false ? true : undefined,
    )
    await page.context().close()
  })

  it('says how sure a status is, what cannot be done and why, and leads to start and report', async () => {
    const { page } = await watchedPage(browser)
    await open(page, '/stations/DE/CPO/LOC1')
    const [first, second, third] = [0, 1, 2].map((index) => page.locator('.evse').nth(index))
    await first?.getByText(/confirmed .* ago|confirmed now/).waitFor()
    await second?.getByText('Another car is charging here.').waitFor()
    await third?.getByText('doubtful').waitFor()
    const start = new URL(
      (await first?.getByRole('link', { name: 'Start here' }).first().getAttribute('href')) ?? '',
      world.node.url,
    )
    expect(start.pathname).toBe('/drive/charging/start')
    expect(Object.fromEntries(start.searchParams)).toEqual({
      country_code: 'DE',
      party_id: 'CPO',
      location_id: 'LOC1',
      evse_uid: 'E1',
      connector_id: '1',
      energy_kwh: '20',
    })
    expect(await page.getByRole('link', { name: 'Report a problem' }).getAttribute('href')).toBe(
      '/drive/report?station=DE%2FCPO%2FLOC1',
    )
    await page.context().close()
  })

  it('compares what was chosen in the list, and remembers favourites on the device', async () => {
    const { page } = await watchedPage(browser)
    await open(page, `/${NEAR}&view=list`)
    await page.locator('.compare-toggle').nth(0).click()
    await page.locator('.compare-toggle').nth(1).click()
    await page.getByRole('link', { name: 'Compare 2 chargers' }).click()
    await page.locator('.quote').nth(1).waitFor()
    await page.getByText('cheapest', { exact: true }).waitFor()
    await page.getByText(/dearer because of/).waitFor()
    await page.locator('.quote').first().getByRole('button', { name: 'Remove' }).click()
    await page.locator('.quote').nth(1).waitFor({ state: 'detached' })
    await page.locator('.quote').getByRole('link').click()
    await page.getByRole('button', { name: 'Favourite' }).click()
    await open(page, '/?view=list')
    await page.getByText('1 favourite').click()
    await page.locator('.favourites').getByRole('link').click()
    await page.locator('.evse').first().waitFor()
    await page.context().close()
  })

  it('finds a charger by its code, and says clearly when there is none', async () => {
    const { page } = await watchedPage(browser)
    await open(page, '/scan')
    const code = page.getByLabel('Code on the charger')
    await code.fill('DE*NOP*E1')
    await page.getByRole('button', { name: 'Find the charger' }).click()
    await page.getByText('No charger with the code DE*NOP*E1 is known here.').waitFor()
    await code.fill('https://charge.example/qr?evse=DE*TST*E4*9')
    await page.getByRole('button', { name: 'Find the charger' }).click()
    await page.locator('.evse.chosen', { hasText: 'DE*TST*E4*9' }).waitFor()
    await page.context().close()
  })

  it('without a connection shows what was last known, with its age', async () => {
    const { page } = await watchedPage(browser)
    await open(page, '/stations/DE/CPO/LOC1')
    await page.locator('.evse').first().waitFor()
    await page.evaluate(() => history.pushState(null, '', '/drive/scan'))
    await page.locator('input').first().waitFor()
    await page.context().setOffline(true)
    await page.evaluate(() => history.pushState(null, '', '/drive/stations/DE/CPO/LOC1'))
    await page.locator('.evse').first().waitFor()
    await page.getByText(/Last known/).waitFor()
    await page.context().close()
  })

  it('of nowhere says so', async () => {
    const { page } = await watchedPage(browser)
    await open(page, '/stations/DE/CPO/NONE')
    await page.getByText('This station is not known here, or was removed.').waitFor()
    await page.context().close()
  })

  it('moves to where the driver is, when the driver asks and allows it', async () => {
    const position = { latitude: 52.5, longitude: 13.4 }
    const { page } = await watchedPage(browser, { geolocation: position, permissions: ['geolocation'] })
    await open(page, `/${NEAR}&view=list`)
    await page.getByRole('button', { name: 'Where am I' }).click()
    await page.waitForURL(/lat=52\.5/)
    await page.context().close()
    const { page: other } = await watchedPage(browser)
    await open(other, `/${NEAR}&view=list`)
    await other.getByRole('button', { name: 'Where am I' }).click()
    await other.getByText(/Move (it|the map) by hand/).waitFor()
    await other.context().close()
  })
})
