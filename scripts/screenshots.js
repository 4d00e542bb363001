// Pictures of the web apps for docs/images, from a demonstration in three versions that this script starts and stops.
// node scripts/screenshots.js            writes the pictures that the documents show
// node scripts/screenshots.js --all DIR  writes every page, light and dark, wide and narrow, to look at while working
// node scripts/screenshots.js --all DIR --node URL --key-file FILE   the same of a node that runs already
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const FLAGS = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']
const WIDE = { width: 1280, height: 860 }
const NARROW = { width: 390, height: 844 }
/** How long the demonstration runs before the pictures, so that there is something to see. */
const WARM_UP_MS = 45_000

const option = (name) => {
  const index = process.argv.indexOf(name)
  return index === -1 ? undefined : process.argv[index + 1]
}

/** Starts a demonstration; its addresses and key are read from what it prints. */
const startDemo = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'interwatt-pictures-'))
  const command = fileURLToPath(new URL('../apps/cli/bin/interwatt.js', import.meta.url))
  const child = spawn(process.execPath, [
    command,
    'demo',
    '--versions',
    '--data-dir',
    folder,
    '--port',
    '9460',
  ])
  let text = ''
  const found = new Promise((resolve, reject) => {
    child.stdout.on('data', (part) => {
      text += part
      const url = /Console +(\S+)/.exec(text)?.[1]
      const key = /Operator key +(\S+)/.exec(text)?.[1]
      const drive = /Driver app +(\S+)/.exec(text)?.[1]
      if (url !== undefined && key !== undefined && drive !== undefined) resolve({ url, key, drive })
    })
    child.once('exit', () => reject(new Error(`The demonstration ended:\n${text}`)))
  })
  const stop = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGINT')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...(await found), stop }
}

const itemsOf = async (node, path) => {
  const answer = await fetch(`${node.url}api/v1${path}`, { headers: { authorization: `Bearer ${node.key}` } })
  return (await answer.json()).items
}

const firstOf = async (node, path) => (await itemsOf(node, path))[0]

/** The partner in the oldest version: there is the most to see. */
const oldestPartner = async (node) =>
  (await itemsOf(node, '/partners')).sort((a, b) => String(a.version).localeCompare(String(b.version)))[0]

/** The pages, with one object each. */
const pagesOf = async (node) => {
  const one = async (kind, id = 'id') => {
    const item = await firstOf(node, `/${kind}?limit=1&order=newest`)
    return item === undefined
      ? undefined
      : `/${kind}/${item.country_code}/${item.party_id}/${encodeURIComponent(item[id])}`
  }
  const partner = await oldestPartner(node)
  const command = await firstOf(node, '/commands?limit=1')
  const location = await one('locations')
  const session = await one('sessions')
  const cdr = await one('cdrs')
  const message = await firstOf(node, '/messages?limit=1&module=commands')
  const pages = {
    network: '/',
    partners: '/partners',
    partner: partner && `/partners/${partner.id}`,
    scorecard: partner && `/partners/${partner.id}?tab=scorecard`,
    'partner-losses': partner && `/partners/${partner.id}?tab=losses`,
    'partner-profile': partner && `/partners/${partner.id}?tab=profile`,
    invite: '/partners/new',
    register: '/partners/new?way=register',
    locations: '/locations',
    map: '/locations/map',
    location,
    evses: location && `${location}?tab=evses`,
    'as-partner': location && `${location}?tab=partner`,
    history: location && `${location}?tab=history`,
    document: location && `${location}?tab=document`,
    sessions: '/sessions',
    session,
    cost: session && `${session}?tab=cost`,
    story: session && `${session}?tab=story`,
    learn: '/learn',
    lesson: session && `/learn${session}?step=3`,
    conversation: '/conversation',
    message: message && `/conversation/${message.id}`,
    together: message && `/conversation/together/${encodeURIComponent(message.correlation_id)}`,
    cdrs: '/cdrs',
    cdr,
    check: cdr && `${cdr}?tab=check`,
    tariffs: '/tariffs',
    tariff: `${await one('tariffs')}?tab=prices`,
    words: `${await one('tariffs')}?tab=words`,
    tokens: '/tokens',
    token:
      (await one('tokens', 'uid')) &&
      `${await one('tokens', 'uid')}?type=${(await firstOf(node, '/tokens?limit=1&order=newest')).type}`,
    commands: '/commands',
    command: command && `/commands/${command.id}`,
    events: '/events',
    keys: '/keys',
    accounts: '/accounts',
    nothing: '/partners/new/old',
  }
  return Object.entries(pages).filter(([, path]) => path !== undefined && !path.startsWith('undefined'))
}

const signIn = async (browser, node, options) => {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error') process.stderr.write(`${page.url()}: ${message.text()}\n`)
  })
  await page.goto(node.url)
  await page.getByLabel('Operator key').fill(node.key)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Network', level: 1 }).waitFor()
  return page
}

const picture = async (page, node, path, file) => {
  await page.goto(new URL(path, node.url).href)
  await page
    .getByRole('heading', { level: 1 })
    .first()
    .waitFor({ timeout: 5_000 })
    .catch(() => undefined)
  if (path.endsWith('/map')) await page.locator('[data-drawn="true"]').waitFor({ timeout: 30_000 })
  await page.waitForTimeout(700)
  await page.waitForFunction(() => document.querySelector('[aria-label="Loading"]') === null)
  await page.waitForTimeout(300)
  await page.screenshot({ path: file })
}

const all = async (browser, node, folder) => {
  const wanted = option('--only')?.split(',')
  const pages = (await pagesOf(node)).filter(([name]) => wanted === undefined || wanted.includes(name))
  for (const [size, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await signIn(browser, node, { viewport, colorScheme })
      for (const [name, path] of pages)
        await picture(page, node, path, join(folder, `${name}-${size}-${colorScheme}.png`))
      await page.context().close()
    }
  }
}

const SHOWN = ['network', 'map', 'as-partner', 'scorecard', 'lesson']

const documented = async (browser, node) => {
  const folder = fileURLToPath(new URL('../docs/images', import.meta.url))
  const pages = Object.fromEntries(await pagesOf(node))
  const page = await signIn(browser, node, { viewport: WIDE, colorScheme: 'light' })
  for (const name of SHOWN) await picture(page, node, pages[name], join(folder, `console-${name}.png`))
  const small = await signIn(browser, node, { viewport: NARROW, colorScheme: 'dark' })
  await picture(small, node, pages.network, join(folder, 'console-network-narrow.png'))
  await charge(browser, node, folder)
}

/** One charge in the driver's app on a telephone: the map, the price before, charging, the receipt. */
const charge = async (browser, { drive }, folder) => {
  const context = await browser.newContext({ viewport: NARROW, colorScheme: 'light' })
  const page = await context.newPage()
  const save = (name) => page.screenshot({ path: join(folder, `drive-${name}.png`) })
  await page.goto(drive)
  await page.getByRole('listitem').filter({ hasText: '€' }).first().waitFor()
  await page.waitForTimeout(2_000)
  await save('map')
  await page.goto(`${drive}/?view=list&free=true&sort=power`)
  await page
    .getByRole('listitem')
    .filter({ hasText: /€(?!0\.00)/ })
    .getByRole('link')
    .first()
    .click()
  await page.getByRole('link', { name: 'Start here' }).first().waitFor()
  await save('station')
  await page.getByRole('link', { name: 'Start here' }).first().click()
  await page.getByRole('button', { name: /test driver/i }).click()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page.getByText('Cost so far').waitFor()
  await page.waitForTimeout(15_000)
  await save('charging')
  await page.getByRole('button', { name: 'Stop charging' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stop charging' }).click()
  await page.getByRole('link', { name: 'Show the receipt' }).click()
  await page.locator('.sum').waitFor()
  await page.waitForTimeout(500)
  await save('receipt')
  await context.close()
}

const given = option('--node')
const demo =
  given === undefined
    ? await startDemo()
    : { url: given, key: readFileSync(option('--key-file'), 'utf8').trim(), stop: async () => undefined }
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
try {
  if (given === undefined) await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS))
  const folder = option('--all')
  if (folder === undefined) await documented(browser, demo)
  else {
    mkdirSync(folder, { recursive: true })
    await all(browser, demo, folder)
  }
} finally {
  await browser.close()
  await demo.stop()
}
