import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  hasBrowser,
  inBrowser,
  launch,
  overhang,
  seriousFindings,
  type WatchedPage,
  watchedPage,
} from '../support/browser.js'
import { type ChargingWorld, PLACE, startChargingWorld } from '../support/charging-world.js'
import { cdr, cdrToken, period, session } from '../support/documents.js'

type Doc = Record<string, unknown>

const looks = {
  wide: { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  narrow: { viewport: { width: 390, height: 844 }, colorScheme: 'dark', reducedMotion: 'reduce' },
} as const

/** Where pictures go, for whoever wants to look at them; none are made otherwise. */
const PICTURES = process.env.PICTURES_FOLDER

const START = `/charging/start?${new URLSearchParams({ ...PLACE, energy_kwh: '20' }).toString()}`

describe.skipIf(!hasBrowser)(inBrowser('charging in the driver app'), () => {
  let world: ChargingWorld
  let browser: Browser
  let watched: WatchedPage
  let other: WatchedPage

  const enter = async ({ page }: WatchedPage): Promise<void> => {
    await page.goto(`${world.emsp.url}/drive/sign-in`)
    await page.getByRole('button', { name: 'Continue as test driver' }).click()
    await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor()
  }
  const open = async (page: Page, path: string): Promise<void> => {
    await page.goto(`${world.emsp.url}/drive${path}`)
    await page.locator('.bones').first().waitFor({ state: 'detached' })
  }
  /** Everybody can use the page in both looks, it fits, and the browser has nothing to complain about. */
  const usable = async (name: string, path: string, text: string): Promise<void> => {
    await open(other.page, path)
    await other.page.getByText(text).first().waitFor()
    for (const [look, { page, complaints }] of Object.entries({ wide: watched, narrow: other })) {
      expect([name, look, await seriousFindings(page)]).toEqual([name, look, []])
      expect([name, look, await overhang(page)]).toEqual([name, look, 0])
      expect(complaints).toEqual([])
      if (PICTURES !== undefined)
        await page.screenshot({ path: `${PICTURES}/${name}-${look}.png`, fullPage: true })
    }
  }

  beforeAll(async () => {
    browser = await launch()
    world = await startChargingWorld({ drive: true })
    watched = await watchedPage(browser, looks.wide)
    other = await watchedPage(browser, looks.narrow)
    await enter(watched)
    await enter(other)
  })
  afterAll(async () => {
    await browser?.close()
    await world?.[Symbol.asyncDispose]()
  })

  const iso = (minutes: number): string =>
    new Date(Date.parse('2026-03-01T10:00:00Z') + minutes * 60_000).toISOString()
  const tokenOfApp = () => {
    const { uid, contract_id } = world.token
    return cdrToken(String(uid), { type: 'APP_USER', contract_id })
  }
  const putSession = (minutes: number, kwh: number, change: object) =>
    world.putSession(
      'S1',
      session('S1', {
        cdr_token: tokenOfApp(),
        kwh,
        charging_periods: kwh === 0 ? [] : [period(iso(0), kwh)],
        total_cost: undefined,
        last_updated: iso(minutes),
        ...change,
      }),
    )

  let path = ''
  let authorization_reference: unknown

  it('says when nothing charges', async () => {
    const { page } = watched
    await open(page, '/charging')
    await page.getByText('Nothing is charging').waitFor()
    await usable('none', '/charging', 'Nothing is charging')
  })

  it('shows the price, asks the operator, and says when to plug in', async () => {
    const { page } = watched
    await open(page, START)
    await page.getByText('€10.71').first().waitFor()
    await usable('start', START, '€10.71')
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByText('Accepted; waiting for the station').first().waitFor()
    path = new URL(page.url()).pathname.replace('/drive', '')
    await usable('accepted', path, 'Accepted; waiting for the station')

    const command = await world.finish('START_SESSION', 'ACCEPTED')
    authorization_reference = (command.request as Doc).authorization_reference
    await putSession(0, 0, { status: 'PENDING', authorization_reference })
    await page.getByText('First at the car, then at the station.').waitFor()
    await page.getByText('Plug in the cable').first().waitFor()
    await usable('cable', path, 'Plug in the cable')
  })

  it('shows energy, power, time and cost as they rise, without being touched', async () => {
    const { page } = watched
    await putSession(1, 0, { authorization_reference })
    await page.locator('.badge', { hasText: 'Charging' }).waitFor()
    for (const [minutes, kwh] of [
      [11, 1.7],
      [21, 3.6],
      [31, 5.5],
    ] as const) {
      await putSession(minutes, kwh, { authorization_reference })
      await page.getByText(`${kwh} kWh`, { exact: true }).waitFor()
    }
    await page.getByText('€2.95').first().waitFor()
    await page.getByRole('img', { name: /Power over time/ }).waitFor()
    expect(await page.locator('.nav .mark.running').count()).toBe(1)
    await usable('charging', path, '5.5 kWh')
  })

  it('takes preferences and a stop, survives being loaded anew, and ends with the receipt', async () => {
    const { page } = watched
    await page.getByText('How to charge').first().click()
    await page.getByRole('radio', { name: 'Green' }).check()
    await page.getByRole('button', { name: 'Tell the operator' }).click()
    await page.getByText('This plug does not know that way of charging').waitFor()

    await page.reload()
    await page.getByText('5.5 kWh', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Stop charging' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stop charging' }).click()
    await page.getByRole('button', { name: 'Stopping' }).waitFor()
    await world.finish('STOP_SESSION', 'ACCEPTED')
    await putSession(60, 20, { authorization_reference, status: 'COMPLETED', end_date_time: iso(60) })
    await page.getByText('The receipt comes when the operator has sent it.').waitFor()
    await world.putCdr('CDR1', cdr('CDR1', { cdr_token: tokenOfApp(), authorization_reference }))
    await page.getByRole('link', { name: 'Show the receipt' }).click()
    await page.getByText('Matches the price that was shown').waitFor()
    expect(await page.locator('.big-figure').textContent()).toBe('€10.71')
    await usable('receipt', path.replace('charging', 'history'), 'Matches the price that was shown')
    expect(await page.locator('.nav .mark.running').count()).toBe(0)
  })

  it('says why a start was refused, and what can be done', async () => {
    const { page } = watched
    await open(page, START)
    await page.getByText('€10.71').first().waitFor()
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByText('Accepted; waiting for the station').first().waitFor()
    await world.finish('START_SESSION', 'EVSE_OCCUPIED', {
      message: [{ language: 'en', text: 'Somebody was faster.' }],
    })
    await page.getByText('Somebody else is charging here.').waitFor()
    await page.getByText('Somebody was faster.').waitFor()
    await usable('refused', new URL(page.url()).pathname.replace('/drive', ''), 'Somebody was faster.')
    await page.getByRole('link', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Start charging', level: 1 }).waitFor()
  })

  it('shows the last known with its age while the node does not answer, and goes on by itself', async () => {
    const { page } = watched
    const reference = 'CARD-1'
    const live = (kwh: number, minutes: number) =>
      world.putSession(
        'S2',
        session('S2', {
          cdr_token: tokenOfApp(),
          kwh,
          authorization_reference: reference,
          last_updated: iso(minutes),
        }),
      )
    await live(3, 5)
    await open(page, '/charging')
    await page.getByText('3 kWh', { exact: true }).waitFor()
    await page.context().setOffline(true)
    await page.evaluate(() => window.dispatchEvent(new Event('offline')))
    await page.getByText('3 kWh', { exact: true }).waitFor()
    await live(6, 15)
    await page.context().setOffline(false)
    await page.getByText('6 kWh', { exact: true }).waitFor()
    await world.emsp.restart()
    await live(9, 25)
    await page.getByText('9 kWh', { exact: true }).waitFor()
  })

  it('reserves a plug, counts down, and gives it free again', async () => {
    const { page } = watched
    const reserve = `/charging/reserve?${new URLSearchParams(PLACE).toString()}`
    await open(page, reserve)
    await page.getByText('Costs nothing besides charging').waitFor()
    await usable('reserve', reserve, 'Costs nothing besides charging')
    await page.getByRole('button', { name: 'Reserve', exact: true }).click()
    await page.getByText('Asking the operator').waitFor()
    await world.finish('RESERVE_NOW', 'ACCEPTED')
    await page.getByText('Reserved for you').waitFor()
    await page.getByText(/(29|30) min left/).waitFor()
    await usable('reserved', new URL(page.url()).pathname.replace('/drive', ''), 'Reserved for you')
    await page.getByRole('button', { name: 'Cancel the reservation' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the reservation' }).click()
    await world.finish('CANCEL_RESERVATION', 'ACCEPTED')
    await page.getByText('Cancelled').waitFor()
  })

  it('lists what was charged, by month, with statements', async () => {
    const { page } = watched
    await open(page, '/history')
    await page.getByText('March 2026').first().waitFor()
    await usable('history', '/history', 'March 2026')
    await page.getByRole('link', { name: 'Monthly statements' }).click()
    await page.getByText('1 charge', { exact: false }).first().waitFor()
    await usable('months', '/history/months', '€10.71')
    await page.getByRole('link', { name: /March 2026/ }).click()
    await page.getByText('CDR1').waitFor()
    await usable('statement', '/history/months/2026-03', 'CDR1')
    const pdf = await page.getByRole('link', { name: 'PDF' }).getAttribute('href')
    const answer = await page.request.get(`${world.emsp.url}${pdf}`)
    expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf'])
  })

  it.each([
    ['de', 'Laden', 'Verlauf'],
    ['fr', 'Recharge', 'Historique'],
    ['nl', 'Laden', 'Geschiedenis'],
  ])('speaks %s, and fits on a telephone', async (locale, title, past) => {
    const { page, complaints } = await watchedPage(browser, { viewport: { width: 360, height: 780 }, locale })
    await page.goto(`${world.emsp.url}/drive/sign-in`)
    await page.getByRole('button').first().click()
    // The sign-in leads to the account by itself.
    await page.waitForURL(/\/account$/)
    for (const [path, heading] of [
      ['/charging', title],
      ['/history', past],
    ] as const) {
      await page.evaluate((to) => history.pushState(null, '', to), `/drive${path}`)
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
      await page.locator('.bones').first().waitFor({ state: 'detached' })
      expect([path, await overhang(page)]).toEqual([path, 0])
    }
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
