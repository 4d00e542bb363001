import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasBrowser, inBrowser, type WatchedPage, watchedPage } from '../support/browser.js'
import { DriveWorld } from '../support/drive-world.js'

const BUILT = join(import.meta.dirname, '../../apps/drive/dist/web')

describe.skipIf(!hasBrowser)(inBrowser('the driver app without a connection'), () => {
  let folder: string
  let world: DriveWorld
  let watched: WatchedPage

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'interwatt-drive-'))
    await cp(BUILT, folder, { recursive: true })
    world = await DriveWorld.start({ drive: folder })
    watched = await watchedPage(world.browser, { viewport: { width: 390, height: 844 } })
    await world.enter(watched.page)
    await watched.page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
  })
  afterAll(async () => {
    await world?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  const offline = (page: Page, is: boolean) => page.context().setOffline(is)

  it('opens, says that it is offline, and shows what was last known with its age', async () => {
    const { page } = watched
    await world.open(page, '/account/vehicles')
    await page.getByRole('listitem').filter({ hasText: 'kWh' }).first().waitFor()
    await offline(page, true)
    await page.reload()
    await page.getByText('You are offline').waitFor()
    await page.getByRole('heading', { name: 'Vehicles', level: 1 }).waitFor()
    await page.getByRole('listitem').filter({ hasText: 'kWh' }).first().waitFor()
    await page.getByText(/^Last known, /).waitFor()
  })

  it('opens pages that were never open before, and says what is missing', async () => {
    const { page } = watched
    await world.open(page, '/account/passkeys')
    await page.getByRole('heading', { name: 'Passkeys', level: 1 }).waitFor()
    await page.getByText('There is no connection. Check it and try again.').waitFor()
  })

  it('keeps what was typed when it cannot be sent, and goes on by itself when the connection is back', async () => {
    const { page } = watched
    await world.open(page, '/report')
    await page.getByLabel('Something else').check()
    await page.getByLabel('What happened?').fill('The screen is dark.')
    await page.getByRole('button', { name: 'Send the report' }).click()
    await page.getByText('There is no connection. Check it and try again.').first().waitFor()
    expect(await page.getByLabel('What happened?').inputValue()).toBe('The screen is dark.')
    await offline(page, false)
    await page.getByText('You are offline').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Send the report' }).click()
    await page.getByText('Thank you. Your report has arrived.').waitFor()
  })

  it('keeps no answer of the API in the cache of its files', async () => {
    const addresses = await watched.page.evaluate(async () => {
      const names = await caches.keys()
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
      return requests.flat().map(({ url }) => new URL(url).pathname)
    })
    expect(addresses).toContain('/drive/')
    expect(addresses.filter((path) => !path.startsWith('/drive/'))).toEqual([])
  })

  it('goes on by itself when the node was restarted under it, and offers the newer version', async () => {
    const { page } = watched
    await world.open(page, '/account')
    await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor()
    const worker = join(folder, 'service-worker.js')
    await writeFile(worker, (await readFile(worker, 'utf8')).replace(/"version":"\w+"/, '"version":"newer"'))
    await rm(`${worker}.gz`)
    await world.node.restart()
    await page.reload()
    await page.getByText('A new version is ready').waitFor()
    await page.getByRole('button', { name: 'Load it' }).click()
    await page.getByText('A new version is ready').waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor()
    expect(await page.evaluate(() => caches.keys())).toEqual(['interwatt-drive-newer'])
  })

  it('says that the events are lost, resumes after the last one, and says that they are back', async () => {
    const { page } = await watchedPage(world.browser, { serviceWorkers: 'block' })
    const resumed: (string | undefined)[] = []
    let back = false
    await page.route('**/driver/v1/events?*', (route) => {
      resumed.push(route.request().headers()['last-event-id'])
      if (resumed.length > 1 && !back) return route.abort()
      return route.fulfill({ contentType: 'text/event-stream', body: 'id: 7\nevent: charge\ndata: {}\n\n' })
    })
    await world.enter(page)
    await page.getByText('Connection lost').waitFor()
    back = true
    await page.getByRole('button', { name: 'Try now' }).click()
    await page.getByText('Connected again.').waitFor()
    expect([resumed[0], resumed[1]]).toEqual([undefined, '7'])
    await page.context().close()
  })

  it('keeps the rest when the code of a page cannot be fetched', async () => {
    const { page } = await watchedPage(world.browser, { serviceWorkers: 'block' })
    await page.route('**/assets/about-page-*', (route) => route.abort())
    await world.open(page, '/about')
    await page.getByText('Something went wrong here').waitFor()
    await page.unroute('**/assets/about-page-*')
    await page.getByRole('button', { name: 'Load again' }).click()
    await page.getByRole('heading', { name: 'About this app' }).waitFor()
    await page.context().close()
  })
})
