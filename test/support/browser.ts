import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'

/** The browser of the tests; `CHROMIUM` names another one. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const FLAGS = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']

/** Whether the tests in a browser can run on this machine. */
export const hasBrowser = existsSync(CHROMIUM)

const MISSING = `NOT RUN: no browser at ${CHROMIUM}; install chromium or set CHROMIUM`

/** What a suite in a browser is called: says by itself, and once in the output, why it does not run. */
export const inBrowser = (what: string): string => {
  if (hasBrowser) return what
  console.warn(`Tests in a browser, ${what}: ${MISSING}`)
  return `${what} (${MISSING})`
}

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: FLAGS })

/** A page of the console with everything the browser complained about and every host it talked to. */
export interface WatchedPage {
  readonly page: Page
  /** Errors of scripts, of the content security policy, of missing files. */
  readonly complaints: string[]
  readonly hosts: Set<string>
}

/** What a browser says when an answer is no success: expected where a test makes the node say no. */
const REFUSED = /Failed to load resource/

/** Opens a page; what the browser complains about is gathered. */
export const watchedPage = async (
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const complaints: string[] = []
  const hosts = new Set<string>()
  page.on('console', (message) => {
    const bad = message.type() === 'error' || message.type() === 'warning'
    // NOTE: software rendering tells of slow reads of its pictures.
    if (bad && !REFUSED.test(message.text()) && !/GL Driver|WebGL/.test(message.text()))
      complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (protocol.startsWith('http')) hosts.add(host)
  })
  return { page, complaints, hosts }
}

/** The field with a label that can be seen: forms behind other tabs are kept. */
export const field = (page: Page, label: string): Locator =>
  page.getByLabel(label, { exact: false }).filter({ visible: true })

/** Types a key into the form and sends it. */
export const typeKey = async (page: Page, key: string): Promise<void> => {
  await page.getByLabel('Operator key').fill(key)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Serious findings of axe on the page, with the places. */
export const seriousFindings = async (page: Page): Promise<readonly string[]> => {
  const loaded = await page.evaluate(() => 'axe' in globalThis)
  if (!loaded) await page.evaluate(axe.source)
  const { violations } = await page.evaluate(async (): Promise<axe.AxeResults> => {
    const { axe: loadedAxe } = globalThis as unknown as { axe: typeof import('axe-core') }
    return loadedAxe.run(document, { resultTypes: ['violations'] })
  })
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html)
          .slice(0, 3)
          .join(' | ')}`,
    )
}

/** How many pixels the page is wider than its window. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
