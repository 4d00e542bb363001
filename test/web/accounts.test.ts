import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, hasBrowser, inBrowser, seriousFindings, typeKey, watchedPage } from '../support/browser.js'
import { ConsoleWorld } from '../support/console-world.js'

describe.skipIf(!hasBrowser)(inBrowser('accounts of people'), () => {
  let world: ConsoleWorld
  let admin: Page
  const PASSWORD = 'correct horse battery'

  const wayOf = (page: Page, way: string) =>
    page.getByRole('radiogroup', { name: 'How to sign in' }).getByText(way, { exact: true }).click()
  const signIn = async (page: Page, login: string, password: string): Promise<void> => {
    await wayOf(page, 'Account')
    await field(page, 'Login').fill(login)
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }

  beforeAll(async () => {
    world = await ConsoleWorld.start()
    const watched = await watchedPage(world.browser)
    admin = watched.page
    await world.open(admin, '/accounts')
    await typeKey(admin, world.node.apiKey)
    await admin.getByText('No account yet').waitFor()
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  it('begin with an invitation whose code sets the password, and end at once when they are disabled', async () => {
    await field(admin, 'Name').fill('Ann Lee')
    await field(admin, 'Login').fill('not a login')
    await admin.getByRole('button', { name: 'Invite', exact: true }).click()
    await admin.getByText('A login looks like an e-mail address.').first().waitFor()
    await field(admin, 'Login').fill('ann@example.com')
    await admin.getByRole('button', { name: 'Invite', exact: true }).click()
    await admin.getByText('Invitation of Ann Lee, shown only now').waitFor()
    const code = (await admin.locator('code.secret').textContent()) ?? ''

    const { page, complaints } = await watchedPage(world.browser)
    await world.open(page, '/tariffs')
    await wayOf(page, 'Invitation')
    expect(await seriousFindings(page)).toEqual([])
    await field(page, 'Invitation code').fill(code)
    await page.getByRole('textbox', { name: 'New password' }).fill('short')
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByText('A password has at least 12 characters.').waitFor()
    await page.getByRole('textbox', { name: 'New password' }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByRole('heading', { name: 'Tariffs' }).waitFor()
    await page.getByRole('button', { name: 'Signed in as Ann Lee, support' }).click()
    await page.getByRole('menuitem', { name: 'Change password' }).click()
    await page.getByRole('textbox', { name: 'Present password' }).fill(PASSWORD)
    await page.getByRole('textbox', { name: 'New password' }).fill(`${PASSWORD} staple`)
    await page.getByRole('button', { name: 'Change it' }).click()
    await page.getByText('The password is changed').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()

    await admin.reload()
    const row = admin.getByRole('row').filter({ hasText: 'ann@example.com' })
    await row.getByText('in use').waitFor()
    expect(await seriousFindings(admin)).toEqual([])
    await row.getByRole('button', { name: 'Disable' }).click()
    await admin.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
    await row.getByText('disabled').waitFor()
    await page.getByRole('link', { name: 'Sessions' }).click()
    await page.getByText('Your sign-in has ended', { exact: true }).waitFor()
    await signIn(page, 'ann@example.com', `${PASSWORD} staple`)
    await page.getByText('Login or password is not right.').waitFor()

    await row.getByRole('button', { name: 'Enable' }).click()
    await admin.getByRole('dialog').getByRole('button', { name: 'Enable' }).click()
    await row.getByText('in use').waitFor()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Your sign-in has ended', { exact: true }).waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(PASSWORD)
  })
})
