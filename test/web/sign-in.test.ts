import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, hasBrowser, inBrowser, typeKey, watchedPage } from '../support/browser.js'
import { ConsoleWorld } from '../support/console-world.js'

describe.skipIf(!hasBrowser)(inBrowser('signing in to the console'), () => {
  let world: ConsoleWorld

  beforeAll(async () => {
    world = await ConsoleWorld.start()
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  it('refuses a wrong key with a reason, then leads with the right one to the page that was asked for', async () => {
    const { page, complaints } = await watchedPage(world.browser)
    await world.open(page, '/tariffs/DE/CPO/AC-DAY?tab=prices')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Type or paste an operator key.').waitFor()
    await typeKey(page, 'not-a-key-of-this-node')
    await page.getByText('The node does not know this key.').waitFor()
    await typeKey(page, world.node.apiKey)
    await page.getByRole('heading', { name: 'Tariff AC-DAY' }).waitFor()
    await page.getByText('0.45 EUR per kWh').waitFor()
    expect(complaints).toEqual([])
    expect(await page.context().cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }])
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(world.node.apiKey)
    await page.context().close()
  })

  it('asks again over the page when a sign-in ends, and keeps what was typed', async () => {
    const { page } = await watchedPage(world.browser)
    await world.open(page, '/partners/new')
    await typeKey(page, world.node.apiKey)
    await field(page, 'Name').fill('Kept while away')
    await world.node.node.stores.operatorSessions.prune('2999-01-01T00:00:00Z')
    await page.getByRole('button', { name: 'Make an invitation' }).click()
    await page.getByText('Your sign-in has ended', { exact: true }).waitFor()
    await typeKey(page, world.node.apiKey)
    await page.getByText('Your sign-in has ended', { exact: true }).waitFor({ state: 'detached' })
    expect(await field(page, 'Name').inputValue()).toBe('Kept while away')
    await page.getByRole('button', { name: 'Make an invitation' }).click()
    await page.getByText('Hand this over to the partner').waitFor()
    await page.context().close()
  })

  it('signs out: the cookie counts no more', async () => {
    const { page } = await watchedPage(world.browser)
    await world.open(page, '/')
    await typeKey(page, world.node.apiKey)
    await page.getByRole('button', { name: 'Signed in as' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByLabel('Operator key').waitFor()
    await page.reload()
    await page.getByLabel('Operator key').waitFor()
    await page.context().close()
  })

  it('offers nothing that the role may not do, and says which role it needs', async () => {
    const { page } = await watchedPage(world.browser)
    await world.open(page, '/partners')
    await typeKey(page, await world.keyOf('read-only'))
    await page.getByRole('heading', { name: 'Partners' }).waitFor()
    expect(await page.getByRole('link', { name: 'New partner' }).count()).toBe(0)
    await world.open(page, '/partners/new')
    await page.getByText('This needs the role operator.').waitFor()
    await page.context().close()
  })
})
