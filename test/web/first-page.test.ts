import type { Page } from 'playwright-core'
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
import { type Connected, connect } from '../support/connect.js'
import { cdr221, location, session221, tariff221 } from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

const BEFORE = '2026-02-01T00:00:00Z'
/** Looks more often than a node does, so that a minute is short. */
const QUICK = { everyMs: 300, seldomEveryMs: 300, probeAfterMs: 500 }

describe.skipIf(!hasBrowser)(inBrowser('the first page'), () => {
  let node: TestNode
  let cpo: Connected
  let watched: WatchedPage
  let page: Page
  const browser = launch()
  const send = (method: string, module: string, path: string, body: unknown) =>
    cpo.party.send(method, cpo.party.at(module, 'RECEIVER', path), { body })
  const open = (path: string) => page.goto(`${node.url}${path}`)

  beforeAll(async () => {
    node = await startTestNode({ console: true, healthLimits: QUICK })
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
    const party = { country_code: 'DE', party_id: 'CPO' }
    cpo = await connect(node, {
      version: '2.2.1',
      role: 'CPO',
      party,
      endpoints: [{ identifier: 'tokens', role: 'RECEIVER' }],
    })
    await send('PUT', 'locations', '/DE/CPO/LOC1', location('LOC1', { last_updated: BEFORE }))
    await send('PUT', 'tariffs', '/DE/CPO/AC-DAY', tariff221('AC-DAY', { last_updated: BEFORE }))
    watched = await watchedPage(await browser)
    page = watched.page
    await open('/')
    await typeKey(page, node.apiKey)
    await page.getByRole('heading', { name: 'Network' }).waitFor()
  })
  afterAll(async () => {
    await (await browser).close()
    await cpo?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('says that everything works, and draws who is connected to whom', async () => {
    await page.getByRole('heading', { name: 'Everything works' }).waitFor()
    const drawn = page.getByRole('region', { name: 'Connections' })
    await drawn.getByText('This node').waitFor()
    await drawn.getByRole('link', { name: 'Foreign CPO' }).waitFor()
    await drawn.getByText('OCPI 2.2.1').waitFor()
    await drawn.getByText(/from it .+\/min/).waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })

  it('tells of wrong prices by itself, with the reason, and leads to the CDRs', async () => {
    await page.locator('[data-live="live"]').waitFor()
    const cost = { excl_vat: 11, incl_vat: 13.09 }
    await send('POST', 'cdrs', '', cdr221('DEAR', { total_energy_cost: cost, total_cost: cost }))
    const attention = page.getByRole('region', { name: 'Needs attention' })
    await attention.getByText('1 of 1 CDR of the last day disagrees').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    // Charts and the navigation move a moment after the window.
    await eventually('a page that fits', async () => ((await overhang(page)) <= 0 ? true : undefined))
    await page.setViewportSize({ width: 1280, height: 800 })
    await attention.getByRole('link', { name: 'Show what is behind it' }).click()
    await page.getByRole('link', { name: 'DEAR', exact: true }).waitFor()
  })

  it('is calm again when somebody decided, and keeps a note', async () => {
    await open('/')
    await page.getByRole('region', { name: 'Needs attention' }).waitFor()
    await page.locator('[data-live="live"]').waitFor()
    await node.api('PUT', '/cdrs/DE/CPO/DEAR/review', { state: 'disputed' })
    await page.getByRole('heading', { name: 'Everything works' }).waitFor()
    await page.getByRole('region', { name: 'Mended' }).getByText('wrong prices').waitFor()
  })

  it('tells of a partner that is gone, and that it is back', async () => {
    cpo.party.routes.set('GET /versions', () => ({ http: 503, raw: 'gone' }))
    const attention = page.getByRole('region', { name: 'Needs attention' })
    await attention.getByText('No answer: its server answers with an error').waitFor()
    cpo.party.routes.clear()
    await page.getByRole('heading', { name: 'Everything works' }).waitFor()
  })

  it('leads from a number of the scorecard to the messages it came from', async () => {
    await open(`/partners/${cpo.id}?tab=scorecard`)
    await page.getByRole('heading', { name: 'Answer times by module' }).waitFor()
    await page
      .getByRole('table', { name: 'Answer times by module' })
      .getByRole('link', { name: 'locations' })
      .click()
    await page.waitForURL(/conversation\?.*module=locations/)
    await page.getByRole('table', { name: 'Messages' }).getByText('/locations/DE/CPO/LOC1').first().waitFor()
  })

  it('marks a partner as a test partner', async () => {
    await open(`/partners/${cpo.id}`)
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Mark as test partner' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Mark as test partner' }).click()
    await page.getByText('yes: recorded requests may be sent to it again').waitFor()
    expect((await node.api('GET', `/partners/${cpo.id}`)).body).toMatchObject({ test_partner: true })
  })

  it('answers which sessions have no CDR with one click', async () => {
    await send('PUT', 'sessions', '/DE/CPO/S9', session221('S9', { status: 'COMPLETED' }))
    await open('/sessions')
    await page.getByRole('link', { name: 'Completed without CDR' }).click()
    await page.waitForURL(/without_cdr=true/)
    await page.getByRole('link', { name: 'S9', exact: true }).waitFor()
  })

  it('has a heading sort the whole list, not what is shown of it', async () => {
    await open('/cdrs')
    const [request] = await Promise.all([
      page.waitForRequest(/\/cdrs\?.*sort=total/),
      page.getByRole('button', { name: 'Before taxes' }).click(),
    ])
    expect(request.url()).toContain('order=newest')
    await page.locator('th[aria-sort="descending"]').getByText('Before taxes').waitFor()
  })

  it('shows what an EVSE was over the last day, as a bar and as a table', async () => {
    await send('PATCH', 'locations', '/DE/CPO/LOC1/E1', {
      status: 'OUTOFORDER',
      last_updated: new Date().toISOString(),
    })
    await eventually('a status of the past', async () =>
      JSON.stringify((await node.api('GET', '/locations/DE/CPO/LOC1/status-history')).body).includes(
        'OUTOFORDER',
      ),
    )
    await open('/locations/DE/CPO/LOC1?tab=history')
    await page
      .getByRole('img', { name: /out of order/ })
      .first()
      .waitFor()
    await page.getByText('As a table').first().click()
    await page.getByRole('table', { name: 'Statuses of E1' }).getByText('OUTOFORDER').waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })

  it('gave the browser nothing to complain about', () => {
    expect(watched.complaints).toEqual([])
  })
})
