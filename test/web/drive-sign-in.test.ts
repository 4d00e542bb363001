import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, hasBrowser, inBrowser, watchedPage } from '../support/browser.js'
import { DriveWorld } from '../support/drive-world.js'

const HOUR_MS = 3_600_000

describe.skipIf(!hasBrowser)(inBrowser('signing in to the driver app'), () => {
  let world: DriveWorld
  let nowMs = Date.parse('2026-03-01T10:00:00Z')

  beforeAll(async () => {
    world = await DriveWorld.start({ now: () => nowMs, name: 'localhost' })
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  const asked = async (email: string) => {
    const watched = await watchedPage(world.browser)
    const { page } = watched
    await world.open(page, '/account/vehicles')
    await field(page, 'Email address').fill(email)
    const code = await world.mailedCode(() => page.getByRole('button', { name: 'Send the code' }).click())
    await page.getByRole('heading', { name: 'Enter the code' }).waitFor()
    return { ...watched, code }
  }

  it('takes a pasted code, and leads to the page that was asked for', async () => {
    const { page, code, complaints } = await asked('kim@example.org')
    await field(page, 'Code of six digits').fill(`Your code: ${code.slice(0, 3)} ${code.slice(3)}`)
    await page.getByRole('heading', { name: 'Vehicles', level: 1 }).waitFor()
    expect(await page.context().cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('says what is wrong before anything is sent', async () => {
    const { page } = await watchedPage(world.browser)
    await world.open(page, '/sign-in')
    await field(page, 'Email address').fill('kim@nowhere')
    await page.getByRole('button', { name: 'Send the code' }).click()
    await page.getByText('Enter an email address, such as').waitFor()
    expect(await field(page, 'Email address').getAttribute('aria-invalid')).toBe('true')
    await page.context().close()
  })

  it('refuses a wrong code with words, and takes the right one then', async () => {
    const { page, code } = await asked('robin@example.org')
    await field(page, 'Code of six digits').fill('12')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText('The code has six digits.').waitFor()
    await field(page, 'Code of six digits').fill(String((Number(code) + 1) % 1_000_000).padStart(6, '0'))
    await page.getByText('This code is wrong or too old.').waitFor()
    await field(page, 'Code of six digits').fill(code)
    await page.getByRole('heading', { name: 'Vehicles', level: 1 }).waitFor()
    await page.context().close()
  })

  it('refuses a code that is too old', async () => {
    const { page, code } = await asked('late@example.org')
    nowMs += HOUR_MS
    await field(page, 'Code of six digits').fill(code)
    await page.getByText('This code is wrong or too old.').waitFor()
    await page.context().close()
  })

  it('signs in with a passkey of the device, and says when that is removed', async () => {
    const { page } = await watchedPage(world.browser)
    const devices = await page.context().newCDPSession(page)
    await devices.send('WebAuthn.enable')
    await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await world.open(page, '/sign-in')
    await page.getByRole('button', { name: 'Continue as test driver' }).click()
    await page.getByRole('link', { name: 'Passkeys' }).click()
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText('The passkey is ready.').waitFor()
    await page.getByRole('button', { name: 'Remove' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('You are signed out.').waitFor()
    await world.open(page, '/sign-in')
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByRole('link', { name: 'Passkeys' }).click()
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('No passkey yet').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('You are signed out.').waitFor()
    await world.open(page, '/sign-in')
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByText('This passkey is not known here, or not any more.').waitFor()
    await page.context().close()
  })

  it('asks again over the page when a sign-in ends, and goes on with what was typed', async () => {
    const { page } = await watchedPage(world.browser)
    await world.enter(page)
    await world.open(page, '/report')
    await page.getByLabel('This app').check()
    await field(page, 'What happened?').fill('Kept while away')
    await world.node.node.stores.drivers.pruneSessions('2999-01-01T00:00:00Z')
    await page.getByRole('button', { name: 'Send the report' }).click()
    await page.getByRole('heading', { name: 'Please sign in again' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true)
    await page.getByRole('dialog').getByRole('button', { name: 'Continue as test driver' }).click()
    await page.getByText('Thank you. Your report has arrived.').waitFor()
    await page.getByRole('listitem').filter({ hasText: 'Kept while away' }).waitFor()
    await page.context().close()
  })

  it('says over the page that a sign-in has ended when something is read, and reads it after the next', async () => {
    const { page } = await watchedPage(world.browser)
    await world.enter(page)
    await world.node.node.stores.drivers.pruneSessions('2999-01-01T00:00:00Z')
    await page.getByRole('link', { name: 'Vehicles' }).click()
    await page.getByRole('heading', { name: 'Please sign in again' }).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Continue as test driver' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('listitem').filter({ hasText: 'kWh' }).first().waitFor()
    await page.context().close()
  })

  it('leaves nothing of the account on the device after signing out', async () => {
    const { page } = await watchedPage(world.browser)
    await world.enter(page)
    await page.getByRole('link', { name: 'Charging cards' }).click()
    await page.getByRole('heading', { name: 'Charging cards', level: 1 }).waitFor()
    await page.locator('.bones').waitFor({ state: 'detached' })
    const kept = () =>
      page.evaluate(async () => {
        const opened = indexedDB.open('interwatt-drive', 1)
        await new Promise((resolve) => opened.addEventListener('success', resolve))
        const all = opened.result.transaction('answers').objectStore('answers').getAllKeys()
        await new Promise((resolve) => all.addEventListener('success', resolve))
        return all.result.map(String)
      })
    expect(await kept()).toContain('/account?lang=en')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('You are signed out.').waitFor()
    expect((await kept()).filter((key) => !key.startsWith('/app?'))).toEqual([])
    expect(await page.context().cookies()).toEqual([])
    await page.context().close()
  })
})
