import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  hasBrowser,
  inBrowser,
  overhang,
  seriousFindings,
  typeKey,
  type WatchedPage,
  watchedPage,
} from '../support/browser.js'
import { ConsoleWorld } from '../support/console-world.js'
import { eventually } from '../support/node.js'

const pages = [
  ['/', 'Network'],
  ['/partners', 'Partners'],
  ['/partners/new', 'New partner'],
  ['/partners/new?way=register', 'New partner'],
  ['/partners/ID', 'Foreign MSP'],
  ['/partners/ID?tab=losses', 'Foreign MSP'],
  ['/partners/ID?tab=profile', 'Foreign MSP'],
  ['/locations', 'Locations'],
  ['/locations/DE/CPO/LOC1?tab=evses', 'Depot Süd'],
  ['/locations/DE/CPO/LOC1?tab=partner', 'Depot Süd'],
  ['/sessions', 'Sessions'],
  ['/sessions/DE/CPO/S1', 'Session S1'],
  ['/sessions/DE/CPO/S1?tab=cost', 'Session S1'],
  ['/sessions/DE/CPO/S1?tab=story', 'Session S1'],
  ['/conversation', 'Conversation'],
  ['/conversation/MESSAGE', 'PUT OPERATION'],
  ['/conversation/together/CORRELATION', 'What belongs together'],
  ['/cdrs', 'CDRs'],
  ['/cdrs/DE/CPO/C1?tab=periods', 'CDR C1'],
  ['/cdrs/DE/CPO/C1?tab=check', 'CDR C1'],
  ['/tariffs', 'Tariffs'],
  ['/tariffs/DE/CPO/AC-DAY?tab=words', 'Tariff AC-DAY'],
  ['/tariffs/DE/CPO/AC-DAY?tab=document', 'Tariff AC-DAY'],
  ['/tokens', 'Tokens'],
  ['/commands', 'Commands'],
  ['/events', 'Events'],
  ['/keys', 'Operator keys'],
  ['/sessions/DE/CPO/NONE', 'There is no such session'],
] as const

const looks = [
  ['wide and light', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
  ['narrow and dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
] as const

describe.skipIf(!hasBrowser)(inBrowser('the pages of the console'), () => {
  let world: ConsoleWorld
  /** What stands for ids that are not known before. */
  let known: Readonly<Record<string, string>>
  const filled = (text: string): string =>
    Object.entries(known).reduce((before, [name, value]) => before.replace(name, value), text)

  beforeAll(async () => {
    world = await ConsoleWorld.start()
    const message = await eventually('a message about the session', async () => {
      const { body } = await world.node.api('GET', '/messages?module=sessions&object_id=S1')
      return (body as { items: { id: number; operation: string; correlation_id: string }[] }).items[0]
    })
    known = {
      ID: world.emsp.id,
      MESSAGE: String(message.id),
      OPERATION: message.operation,
      CORRELATION: message.correlation_id,
    }
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  describe.each(looks)('%s', (_look, options) => {
    let watched: WatchedPage

    beforeAll(async () => {
      watched = await watchedPage(world.browser, options)
      await world.open(watched.page, '/')
      await watched.page.getByLabel('Operator key').waitFor()
      expect(await seriousFindings(watched.page)).toEqual([])
      await typeKey(watched.page, world.node.apiKey)
      await watched.page.getByRole('heading', { name: 'Network' }).waitFor()
    })

    it.each(pages)('%s can be used by everybody, and fits', async (path, heading) => {
      const { page, complaints } = watched
      // NOTE: the way of links; loading the whole console anew for each page would take most of the time.
      await page.evaluate((address) => history.pushState(null, '', address), filled(path))
      await page.getByRole('heading', { name: filled(heading), level: 1, exact: true }).waitFor()
      await page.getByLabel('Loading').first().waitFor({ state: 'detached' })
      expect(await seriousFindings(page)).toEqual([])
      expect(await overhang(page)).toBeLessThanOrEqual(0)
      expect(complaints).toEqual([])
    })
  })
})
