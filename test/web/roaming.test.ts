import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasBrowser, inBrowser, launch, typeKey, watchedPage } from '../support/browser.js'
import { eventually } from '../support/node.js'
import { type RunningDemo, startDemo } from '../support/running-demo.js'

interface Cdr {
  readonly id: string
  readonly session_id: string
  readonly total_cost: { readonly before_taxes: number; readonly taxes?: readonly { amount: number }[] }
}

/** In whole cents: sums of amounts as text would not be exact. */
const cents = (amount: number): number => Math.round(amount * 100)

const payable = ({ total_cost: { before_taxes, taxes = [] } }: Cdr): number =>
  cents(before_taxes) + taxes.reduce((sum, { amount }) => sum + cents(amount), 0)

/** The figure in a text such as `€9.76`, in cents. */
const figureIn = (text: string | null): number =>
  cents(Number(/€\s?([\d,]+\.\d{2})/.exec(text ?? '')?.[1]?.replaceAll(',', '') ?? Number.NaN))

/** Every test goes on where the one before it ended: it is one afternoon of one driver. */
describe.skipIf(!hasBrowser)(inBrowser('a driver, two platforms and their consoles'), () => {
  let demo: RunningDemo
  let browser: Browser
  let phone: Page
  let complaints: readonly string[]
  let cdr: Cdr

  beforeAll(async () => {
    ;[demo, browser] = await Promise.all([startDemo(), launch()])
    const watched = await watchedPage(browser, { viewport: { width: 390, height: 844 } })
    ;[phone, complaints] = [watched.page, watched.complaints]
  })
  afterAll(async () => {
    await browser?.close()
    await demo?.[Symbol.asyncDispose]()
  })

  it('finds a free station in Berlin and sees the price of 20 kWh before anything else', async () => {
    await phone.goto(`${demo.emsp.url}/drive/?view=list&free=true`)
    const priced = phone.getByRole('listitem').filter({ hasText: /€(?!0\.00)/ })
    await priced.getByRole('link').first().click()
    await phone.getByRole('link', { name: 'Start here' }).first().click()
    await phone.getByRole('button', { name: /test driver/i }).click()
    await phone.getByRole('heading', { name: 'Start charging' }).waitFor()
    await phone.getByText('For 20 kWh').waitFor()
    expect(figureIn(await phone.locator('main').textContent())).toBeGreaterThan(0)
  })

  it('starts, plugs in, and watches energy and cost rise', async () => {
    await phone.getByRole('button', { name: 'Start', exact: true }).click()
    await phone.getByText('Plug in the cable').waitFor()
    const cost = phone.getByText('Cost so far').locator('..')
    await cost.waitFor()
    const costNow = async () => figureIn(await cost.textContent())
    const first = await eventually('a cost', async () => (await costNow()) || undefined)
    await eventually('a higher cost', async () => (await costNow()) > first)
  })

  it('stops and has a receipt whose total is that of the CDR of the operator', async () => {
    await phone.getByRole('button', { name: 'Stop charging' }).click()
    await phone.getByRole('dialog').getByRole('button', { name: 'Stop charging' }).click()
    await phone.getByRole('link', { name: 'Show the receipt' }).click()
    const total = phone.locator('.sum')
    await total.waitFor()
    const id = phone.url().split('/').at(-1)
    const answer = await phone.request.get(`${demo.emsp.url}/driver/v1/charges/${id}`)
    const { cdr: known } = (await answer.json()) as { cdr: { id: string } }
    const sent = await fetch(`${demo.cpo.url}/api/v1/cdrs/DE/IWC/${known.id}`, {
      headers: { authorization: `Bearer ${demo.cpo.key}` },
    })
    cdr = (await sent.json()) as Cdr
    expect(figureIn(await total.textContent())).toBe(payable(cdr))
    await phone
      .getByText(/computed this price again .* it is right/)
      .first()
      .waitFor()
    expect(complaints).toEqual([])
  })

  it.each([
    ['the eMSP', () => demo.emsp],
    ['the CPO', () => demo.cpo],
  ])('is one story in the console of %s, from the start to the CDR', async (_name, platform) => {
    const { page, complaints: said } = await watchedPage(browser)
    const { url, key } = platform()
    await page.goto(`${url}/sessions/DE/IWC/${cdr.session_id}?tab=story`)
    await typeKey(page, key)
    const story = page.getByRole('list', { name: 'Story of the session' })
    await story.waitFor()
    const words = (await story.textContent()) ?? ''
    for (const part of [/start/i, /accepted/i, /charging/i, /stop/i, /CDR/]) expect(words).toMatch(part)
    await story
      .getByRole('link', { name: /^Message/ })
      .first()
      .click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(said).toEqual([])
    await page.context().close()
  })
})
