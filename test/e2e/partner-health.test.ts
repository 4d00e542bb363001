import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connected, connect } from '../support/connect.js'
import { cdr221, location, tariff221 } from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'
import { readEvent } from '../support/read-events.js'

/** "A partner that is down, slow, or sends wrong prices is visible within a minute, with the reason", and so is its end. */
interface Told {
  readonly partner_id: string
  readonly rule: string
  readonly severity: string
  readonly reason: string
  readonly remedy: string
  readonly since: string
  readonly ended_at: string | null
  readonly note: string | null
  readonly trace: { readonly api: string; readonly page: string }
}
interface Problems {
  readonly watched: boolean
  readonly items: readonly Told[]
  readonly ended: readonly Told[]
}

const BEFORE = '2026-02-01T00:00:00Z'
/** Looks every 0.3 s instead of every 5 s, asks idle partners after 0.5 s instead of 30 s, calls slow what takes over 1 s, and forgets soon. */
const QUICK = { everyMs: 300, seldomEveryMs: 300, probeAfterMs: 500, slowMs: 1_000, momentMs: 2_000 }
/** A minute, less what the quick looks save. */
const SOON_MS = 30_000

const problemsAt = async (node: TestNode): Promise<Problems> =>
  (await node.api('GET', '/problems')).body as Problems
const opened = (node: TestNode, rule: string): Promise<Told> =>
  eventually(
    `the problem ${rule}`,
    async () => (await problemsAt(node)).items.find((each) => each.rule === rule),
    SOON_MS,
  )
const ended = (node: TestNode, rule: string): Promise<Told> =>
  eventually(
    `the end of ${rule}`,
    async () => {
      const { items, ended } = await problemsAt(node)
      return items.some((each) => each.rule === rule) ? undefined : ended.find((each) => each.rule === rule)
    },
    SOON_MS,
  )

describe('partners of a CPO', () => {
  let node: TestNode
  let emsp: Connected
  const receive = 'PUT /2.2.1/receiver'

  beforeAll(async () => {
    node = await startTestNode({
      healthLimits: QUICK,
      syncLimits: { backoff: { firstMs: 200, longestMs: 400 } },
    })
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
    emsp = await connect(node, {
      version: '2.2.1',
      role: 'EMSP',
      party: { country_code: 'DE', party_id: 'MSP' },
      endpoints: [{ identifier: 'locations', role: 'RECEIVER' }],
    })
  })
  afterAll(async () => {
    await emsp?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('are well at first', async () => {
    await eventually('somebody who looks', async () => ((await problemsAt(node)).watched ? true : undefined))
    expect((await problemsAt(node)).items).toEqual([])
  })

  it('are down when they answer nothing, with the reason, what waits, and what to do; and well when they are back', async () => {
    const silent = () => ({ http: 503, raw: 'gone' })
    for (const route of ['GET /versions', receive, 'PATCH /2.2.1/receiver'])
      emsp.party.routes.set(route, silent)
    await node.api('PUT', '/locations/DE/CPO/LOC1', location())
    const problem = await opened(node, 'down')
    expect(problem).toMatchObject({ partner_id: emsp.id, severity: 'bad' })
    expect(problem.reason).toContain('its server answers with an error')
    expect(problem.remedy).toContain('correlation id')
    await eventually('the changes that wait', async () =>
      (await opened(node, 'down')).reason.includes('wait') ? true : undefined,
    )
    const { status } = await node.api('GET', problem.trace.api.replace('/api/v1', ''))
    expect(status).toBe(200)
    emsp.party.routes.clear()
    const over = await ended(node, 'down')
    expect(over.note).toContain('It answers again')
    await eventually('the note of what was sent', async () => {
      const { note } = await ended(node, 'down')
      return note?.includes('were sent afterwards') ? true : undefined
    })
    expect(await readEvent(node, 'partner.health', (line) => line.includes('"ended"'))).toContain(
      '"rule":"down"',
    )
  })

  it('are slow when their answers take long, and no more when they do not', async () => {
    emsp.party.routes.set('PATCH /2.2.1/receiver', async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_400))
      return {}
    })
    for (const uid of ['E1', 'E2']) {
      await node.api('PATCH', `/locations/DE/CPO/LOC1/evses/${uid}`, { status: 'CHARGING' })
    }
    await node.api('PATCH', '/locations/DE/CPO/LOC1', { name: 'Depot Nord' })
    const problem = await opened(node, 'slow')
    expect(problem.reason).toMatch(/its answers take up to 1\.\d s/)
    expect(problem.severity).toBe('warn')
    emsp.party.routes.clear()
    await ended(node, 'slow')
  })

  it('that are paused are told with that', async () => {
    await node.api('POST', `/partners/${emsp.id}/suspend`)
    expect((await opened(node, 'not_connected')).severity).toBe('note')
    await node.api('POST', `/partners/${emsp.id}/resume`)
    await ended(node, 'not_connected')
  })

  it('have a scorecard whose numbers say how many samples they have and where these are', async () => {
    const { body } = await node.api('GET', `/partners/${emsp.id}/scorecard?days=1`)
    const card = body as {
      measures: {
        id: string
        direction: string | null
        value: number | null
        samples: number
        verdict: string
        trace: { api: string }
      }[]
      answers: { direction: string; module: string; samples: number; p95_ms: number; failed: number }[]
      hours: { samples: number }[]
    }
    const locations = card.answers.find((row) => row.direction === 'out' && row.module === 'locations')
    expect(locations?.samples).toBeGreaterThan(3)
    expect(locations?.failed).toBeGreaterThan(0)
    expect(locations?.p95_ms).toBeGreaterThan(1_000)
    const availability = card.measures.find(({ id }) => id === 'availability')
    expect(availability?.samples).toBeGreaterThan(0)
    expect(card.hours.length).toBeGreaterThan(0)
    for (const { trace } of card.measures) {
      const answer = await node.api('GET', trace.api.replace('/api/v1', ''))
      expect([trace.api, answer.status]).toEqual([trace.api, 200])
    }
  })

  it('keep their numbers when the node restarts', async () => {
    const samples = async (): Promise<number> => {
      const { body } = await node.api('GET', `/partners/${emsp.id}/scorecard`)
      const { answers } = body as { answers: { direction: string; module: string; samples: number }[] }
      return answers.find((row) => row.direction === 'out' && row.module === 'locations')?.samples ?? 0
    }
    const before = await samples()
    await node.restart()
    expect(await samples()).toBeGreaterThanOrEqual(before)
  })

  it('are not called well while nobody looks', async () => {
    await using idle = await startTestNode({ env: { ROLE: 'api' } })
    expect(await problemsAt(idle)).toEqual({ watched: false, items: [], ended: [] })
  })

  it('answers 404 for a partner nobody knows', async () => {
    expect((await node.api('GET', '/partners/nobody/scorecard')).status).toBe(404)
    expect((await node.api('GET', `/partners/${emsp.id}/scorecard?days=0`)).status).toBe(400)
  })
})

describe('a partner of an eMSP', () => {
  let node: TestNode
  let cpo: Connected
  const send = (method: string, module: string, path: string, body: unknown) =>
    cpo.party.send(method, cpo.party.at(module, 'RECEIVER', path), { body })

  beforeAll(async () => {
    node = await startTestNode({ healthLimits: QUICK })
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
  })
  afterAll(async () => {
    await cpo?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('charges too much: how many, how much and mostly why, until somebody decides', async () => {
    const cost = { excl_vat: 11, incl_vat: 13.09 }
    await send('POST', 'cdrs', '', cdr221('RIGHT'))
    await send(
      'POST',
      'cdrs',
      '',
      cdr221('DEAR', { session_id: 'S2', total_energy_cost: cost, total_cost: cost }),
    )
    const problem = await opened(node, 'wrong_prices')
    expect(problem.reason).toContain(
      '1 of 2 CDRs of the last day disagrees with the tariff, 2.38 EUR too much',
    )
    expect(problem.reason).toContain('part differs')
    const listed = await node.api('GET', problem.trace.api.replace('/api/v1', ''))
    expect(listed.body).toMatchObject({ total: 1, items: [{ id: 'DEAR' }] })
    await node.api('PUT', '/cdrs/DE/CPO/DEAR/review', { state: 'disputed' })
    await ended(node, 'wrong_prices')
  })

  it('has a scorecard of its prices, CDRs and statuses', async () => {
    await send('PATCH', 'locations', '/DE/CPO/LOC1/E1', {
      status: 'CHARGING',
      last_updated: new Date().toISOString(),
    })
    interface Card {
      readonly measures: readonly { readonly id: string; readonly value: number; readonly samples: number }[]
      readonly prices: readonly unknown[]
    }
    const samplesOf = ({ measures }: Card, id: string): number =>
      measures.find((each) => each.id === id)?.samples ?? 0
    // Statuses are written beside their commit, a moment later.
    const { measures, prices } = await eventually('the status in the scorecard', async () => {
      const card = (await node.api('GET', `/partners/${cpo.id}/scorecard`)).body as Card
      return samplesOf(card, 'status_delay_p95') > 0 ? card : undefined
    })
    const of = (id: string) => measures.find((each) => each.id === id)
    expect(of('price_agreement')).toMatchObject({ samples: 2, value: 0.45 })
    expect(prices).toMatchObject([
      { currency: 'EUR', agrees: 1, differs: 1, stated: '20', stated_agreed: '9' },
    ])
    expect(of('cdr_delay_p95')?.samples).toBe(2)
    expect(of('status_age_p95')?.samples).toBe(2)
    expect(of('status_delay_p95')?.samples).toBe(1)
  })

  it('has a scorecard also when a CDR ended at a time that the database has not', async () => {
    const ended = { start_date_time: '0000-01-01T00:00:00Z', end_date_time: '0000-01-01T01:00:00Z' }
    await send('POST', 'cdrs', '', cdr221('OLD', { session_id: 'S3', ...ended }))
    const since = new Date(0).toISOString()
    const { scorecards, cdrChecks } = node.node.stores
    await eventually('the check of the CDR', async () => {
      const check = await cdrChecks.get({ kind: 'cdr', countryCode: 'DE', partyId: 'CPO', id: 'OLD' })
      return check?.result ? check : undefined
    })
    expect(await scorecards.cdrDelays(cpo.id, since)).toMatchObject({ samples: 2 })
    expect((await node.api('GET', `/partners/${cpo.id}/scorecard`)).status).toBe(200)
  })

  it('is noticed when its server is gone, although nothing is sent to it', async () => {
    await cpo.party[Symbol.asyncDispose]()
    const problem = await opened(node, 'down')
    expect(problem.reason).toContain('its server refuses the connection')
  })
})
