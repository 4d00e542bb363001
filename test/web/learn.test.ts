import { readFile } from 'node:fs/promises'
import { objectNames, schemaOf, type VersionId } from '@interwatt/protocol'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentText } from '../../apps/console/src/pages/learn/texts/fields.js'
import {
  envelopeTexts,
  headerTexts,
  operations,
} from '../../apps/console/src/pages/learn/texts/operations.js'
import { hasBrowser, inBrowser, launch, seriousFindings, typeKey, watchedPage } from '../support/browser.js'
import { type Connected, connect } from '../support/connect.js'
import { cdr, cdrToken, evse, location, session, token } from '../support/documents.js'
import { startTestNode, type TestNode } from '../support/node.js'

const documents: readonly DocumentText[] = Object.values(operations).flatMap(({ request, answer }) =>
  [request, answer].filter((text) => text !== undefined),
)
const versions: readonly VersionId[] = ['2.1.1', '2.2.1', '2.3.0']

/** Objects of the specification by the anchor of their section. */
const objectsAt = (anchor: string) =>
  versions.flatMap((version) =>
    objectNames(version).flatMap((name) => {
      const schema = schemaOf(version, name)
      return schema?.kind === 'object' && schema.anchor === anchor ? [schema] : []
    }),
  )

it('every field that is explained is one of its document in some version, whose section exists', () => {
  for (const { section, fields } of documents) {
    const names = new Set(objectsAt(section).flatMap((schema) => Object.keys(schema.fields)))
    for (const { path } of fields) expect([...names], `${section} ${path}`).toContain(path.split('/')[0])
  }
})

it('every rule that is named is one of the rules that tests check', async () => {
  const known = await readFile(new URL('../../docs/conformance.md', import.meta.url), 'utf8')
  const named = [
    ...documents.flatMap(({ fields }) => fields.flatMap(({ rules }) => rules)),
    ...[...headerTexts, ...envelopeTexts].flatMap(([, , rule]) => (rule === '' ? [] : [rule])),
  ]
  expect(named.filter((rule) => !known.includes(`| ${rule} |`))).toEqual([])
})

describe.skipIf(!hasBrowser)(inBrowser('the guided tour'), () => {
  let node: TestNode
  let cpo: Connected
  let browser: Browser
  let page: Page
  let complaints: readonly string[]
  const steps = () => page.getByRole('list', { name: 'Steps of the charge' }).getByRole('listitem')
  const lesson = (title: string) => page.getByRole('region', { name: title })
  const tell = async (
    method: string,
    module: 'sessions' | 'cdrs' | 'locations',
    path: string,
    body: object,
  ) => {
    const answer = await cpo.party.send(method, cpo.party.at(module, 'RECEIVER', path), { body })
    expect(answer.envelope?.status_code).toBe(1000)
  }

  beforeAll(async () => {
    ;[node, browser] = await Promise.all([startTestNode({ console: true }), launch()])
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Our eMSP' } })
    await node.api('PUT', '/tokens/DE/MSP/T1', token('T1'))
    cpo = await connect(node, {
      version: '2.3.0',
      role: 'CPO',
      party: { country_code: 'DE', party_id: 'CPO' },
      // NOTE: it lists nothing to read, so that no reading takes away what it pushed.
      endpoints: [{ identifier: 'commands', role: 'RECEIVER' }],
    })
    await tell('PUT', 'locations', '/DE/CPO/LOC1', location('LOC1', { evses: [evse('E1')] }))
    cpo.party.routes.set('POST /2.3.0/receiver/commands', () => ({
      data: { result: 'ACCEPTED', timeout: 30 },
    }))
    const watched = await watchedPage(browser, { reducedMotion: 'reduce' })
    page = watched.page
    complaints = watched.complaints
    await page.goto(`${node.url}/learn`)
    await typeKey(page, node.apiKey)
  })
  afterAll(async () => {
    await browser?.close()
    await cpo?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('begins with who is who, by the parties of this node, and says what is needed where nothing happens', async () => {
    await page.getByRole('region', { name: 'This node' }).getByText('Our eMSP (DE*MSP)').waitFor()
    await page.getByRole('region', { name: 'Its partners' }).getByText('Charge point operator').waitFor()
    await page.getByText('This node has no session yet').waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })

  it('starts a session of its own and explains each message as it comes, down to the price', async () => {
    await page.getByRole('button', { name: 'Start a session now' }).click()
    await page.waitForURL(/\/learn\/(commands|sessions)\/.*step=command/)
    await lesson('The driver presses start').getByText('LOC1', { exact: true }).waitFor()
    await steps().filter({ hasText: 'The session begins' }).getByText('still to come').waitFor()
    const asked = cpo.party.received.find(({ path }) => path.endsWith('/START_SESSION'))?.body as {
      response_url: string
      authorization_reference: string
    }
    await cpo.party.send('POST', asked.response_url, { body: { result: 'ACCEPTED' } })
    const { authorization_reference } = asked
    const uid = cdrToken('T1', { country_code: 'DE', party_id: 'MSP' })
    const running = session('S1', {
      cdr_token: uid,
      authorization_reference,
      auth_method: 'COMMAND',
      status: 'PENDING',
      kwh: 0,
    })
    await tell('PUT', 'sessions', '/DE/CPO/S1', running)
    await page.waitForURL(/\/learn\/sessions\/DE\/CPO\/S1/)
    await page.getByRole('button', { name: 'Next' }).click()
    await lesson('The station answers').getByText('ACCEPTED', { exact: true }).waitFor()
    await page.keyboard.press('ArrowRight')
    const begun = lesson('The session begins')
    await begun.getByText('PENDING', { exact: true }).waitFor()
    await begun.getByText('SES-059').waitFor()
    expect(
      await begun.getByRole('link', { name: 'mod_sessions_session_object' }).getAttribute('href'),
    ).toContain('/mod_sessions.asciidoc#mod_sessions_session_object')
    await page.keyboard.press('ArrowRight')
    await page.getByText('The new status of the charging bay has not been told yet.').waitFor()
    const later = { last_updated: '2026-03-01T10:30:00.000Z' }
    await tell('PATCH', 'locations', '/DE/CPO/LOC1/E1', { status: 'CHARGING', ...later })
    await tell('PATCH', 'sessions', '/DE/CPO/S1', { status: 'ACTIVE', kwh: 1, ...later })
    await lesson('Everybody sees that the bay is taken').getByText('CHARGING', { exact: true }).waitFor()
    const end = { last_updated: '2026-03-01T11:00:00.000Z' }
    await tell('PUT', 'sessions', '/DE/CPO/S1', { ...running, status: 'COMPLETED', kwh: 20, ...end })
    await cpo.party.send('POST', cpo.party.at('cdrs', 'RECEIVER'), {
      body: cdr('C1', { session_id: 'S1', cdr_token: uid, authorization_reference }),
    })
    await steps().filter({ hasText: 'The bill: a CDR' }).getByText('has happened').waitFor()
    await steps()
      .getByRole('button', { name: /Is the price right/ })
      .click()
    await page.getByRole('table', { name: 'Price line by line' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('can be opened at any step of a stored session, and from its story', async () => {
    await page.goto(`${node.url}/sessions/DE/CPO/S1?tab=story`)
    await page.getByRole('link', { name: 'Learn from this session' }).click()
    await page.getByRole('heading', { name: '1. Is the token known?' }).waitFor()
    await page.goto(`${node.url}/learn/sessions/DE/CPO/S1?step=updates`)
    await lesson('Energy and cost grow').getByText('ACTIVE', { exact: true }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })

  it('waits for the next session and goes on with it', async () => {
    await page.goto(`${node.url}/learn/next`)
    await page.getByText('Listening').waitFor()
    const next = session('S2', { cdr_token: cdrToken('T1', { country_code: 'DE', party_id: 'MSP' }) })
    await tell('PUT', 'sessions', '/DE/CPO/S2', next)
    await page.getByRole('heading', { name: '4. The session begins' }).waitFor()
    expect(page.url()).toContain('/learn/sessions/DE/CPO/S2')
  })
})
