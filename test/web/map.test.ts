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
import { location } from '../support/documents.js'
import { startTestNode, type TestNode } from '../support/node.js'
import { startTileServer } from '../support/tile-server.js'

type Browser = Awaited<ReturnType<typeof launch>>

const SHOWN = { timeout: 25_000 }

const putLocation = async (
  node: TestNode,
  id: string,
  latitude: string,
  longitude: string,
): Promise<void> => {
  const document = { ...location(), id, name: `Place ${id}`, coordinates: { latitude, longitude } }
  expect((await node.api('PUT', `/locations/DE/CPO/${id}`, document)).status).toBe(201)
}

/** A node with locations in Berlin, and one in Munich. */
const startNode = async (env: Readonly<Record<string, string>> = {}): Promise<TestNode> => {
  const node = await startTestNode({ console: true, env })
  await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
  for (let n = 0; n < 6; n += 1) await putLocation(node, `B${n}`, `52.52${n}000`, '13.405000')
  await putLocation(node, 'M1', '48.137200', '11.575600')
  return node
}

const isDrawn = (page: Page): Promise<void> => page.locator('[data-drawn="true"]').waitFor(SHOWN)

/** A page of the console with somebody signed in, small since drawing by software takes time, at a map. */
const openMap = async (browser: Browser, node: TestNode, search = ''): Promise<WatchedPage> => {
  const watched = await watchedPage(browser, { viewport: { width: 800, height: 600 } })
  await watched.page.goto(`${node.url}/locations/map${search}`)
  await typeKey(watched.page, node.apiKey)
  await isDrawn(watched.page)
  return watched
}

/** Answers about the map from now on, as they come. */
const answersOf = (
  page: Page,
): { readonly total: number; readonly stations: readonly { id: string; taken: number }[] }[] => {
  const answers: { total: number; stations: { id: string; taken: number }[] }[] = []
  page.on('response', async (response) => {
    if (!response.url().includes('/locations/map?') || response.status() !== 200) return
    const answer = await response.json().catch(() => undefined)
    if (answer !== undefined && answer.unchanged === false) answers.push(answer)
  })
  return answers
}

describe.skipIf(!hasBrowser)(inBrowser('the map of locations'), () => {
  let node: TestNode
  let browser: Browser
  let watched: WatchedPage

  beforeAll(async () => {
    const [started, launched] = await Promise.all([startNode(), launch()])
    node = started
    browser = launched
    watched = await openMap(browser, node)
  })
  afterAll(async () => {
    await browser?.close()
    await node?.[Symbol.asyncDispose]()
  })

  const goTo = async (search: string): Promise<Page> => {
    await watched.page.goto(`${node.url}/locations/map${search}`)
    await isDrawn(watched.page)
    return watched.page
  }

  it('begins where the locations are, and asks no other host', async () => {
    const { page, complaints, hosts } = watched
    await page.getByText('7 locations with 14 EVSEs').waitFor()
    await page.waitForURL(/at=/)
    expect([...hosts]).toEqual([new URL(node.url).host])
    expect(await seriousFindings(page)).toEqual([])
    expect(await overhang(page)).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
  })

  it('asks for the part that it shows only, and draws a status a moment after it changed', async () => {
    const page = await goTo('?at=15,52.5225,13.405')
    const answers = answersOf(page)
    await page.locator('[data-live="live"]').waitFor()
    await node.api('PATCH', '/locations/DE/CPO/B1/evses/E1', { status: 'CHARGING' })
    await expect.poll(() => answers.at(-1)?.stations.find(({ id }) => id === 'B1')?.taken, SHOWN).toBe(1)
    expect(answers.at(-1)?.stations.map(({ id }) => id)).not.toContain('M1')
  })

  it('is not drawn anew for what happens elsewhere', async () => {
    const { page } = watched
    const [answer] = await Promise.all([
      page.waitForResponse(
        async (response) =>
          response.url().includes('changed_after=') && (await response.json()).unchanged === true,
        SHOWN,
      ),
      node.api('PATCH', '/locations/DE/CPO/M1/evses/E1', { status: 'CHARGING' }),
    ])
    expect(Object.keys(await answer.json()).sort()).toEqual(['complete', 'seq', 'unchanged'])
  })

  it('opens a cluster by a click, moves with the keyboard, and leads to a station', async () => {
    const page = await goTo('?at=10,52.5225,13.405')
    const map = page.locator('.maplibregl-canvas')
    await map.click()
    await page.waitForURL(/at=1[1-9]/, SHOWN)
    const opened = page.url()
    await map.press('ArrowUp')
    await page.waitForURL((url) => url.href !== opened, SHOWN)
    await goTo('?at=17,52.521,13.405')
    await map.click()
    await page.waitForURL(/locations\/DE\/CPO\/B1/, SHOWN)
    await page.getByRole('heading', { name: 'Place B1' }).waitFor()
  }, 60_000)

  it('filters by what the address names, says when nothing matches, and clears', async () => {
    const { page } = watched
    const answers = answersOf(page)
    await page.goto(`${node.url}/locations/map?operator=nobody`)
    await page.getByText('No location matches').waitFor()
    await page.getByRole('button', { name: 'Clear the filters' }).click()
    await isDrawn(page)
    await page.getByLabel('Plug').selectOption('ccs')
    await page.getByText('0 of them match in this part of the map').waitFor()
    expect(answers.at(-1)?.total).toBe(0)
    expect(page.url()).toContain('plug=ccs')
  })

  it('draws pictures or a style of another host where the settings name it, and asks no third one', async () => {
    await using tiles = await startTileServer()
    for (const [name, path] of [
      ['MAP_TILES_URL', '/{z}/{x}/{y}.png'],
      ['MAP_STYLE_URL', '/style.json'],
    ] as const) {
      const before = tiles.asked.length
      const map = { [name]: `${tiles.url}${path}`, MAP_ATTRIBUTION: 'Grey <Maps> & Co' }
      await using other = await startNode(map)
      const { page, complaints, hosts } = await openMap(browser, other)
      await expect
        .poll(() => tiles.asked.slice(before).some((asked) => asked.endsWith('.png')), SHOWN)
        .toBe(true)
      await page.getByText('Grey <Maps> & Co').waitFor({ state: 'attached' })
      expect([...hosts].sort()).toEqual([new URL(other.url).host, new URL(tiles.url).host].sort())
      expect(complaints).toEqual([])
      await page.context().close()
    }
  }, 60_000)

  it('draws the outlines when the host of the map does not answer, and says so', async () => {
    const gone = await startTileServer()
    await gone[Symbol.asyncDispose]()
    await using other = await startNode({ MAP_STYLE_URL: `${gone.url}/style.json` })
    const { page } = await openMap(browser, other)
    await page.getByText('MAP_STYLE_URL, MAP_TILES_URL) does not answer').waitFor()
    await page.context().close()
  })
})
