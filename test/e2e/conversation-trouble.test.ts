import { openDatabase } from '@interwatt/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connected, codes, connect } from '../support/connect.js'
import { location } from '../support/documents.js'
import { eventually, startTestNode, type TestNode, type TestNodeOptions } from '../support/node.js'

/** Recording is lost before traffic is: a full queue, a database that refuses, too little space, long bodies, switched off. */
const PARTY = { country_code: 'NL', party_id: 'FCP' }

interface Recording {
  readonly enabled: boolean
  readonly dropped: Record<string, number>
  readonly gaps: readonly { reason: string; count: number }[]
}
interface Page {
  readonly items: readonly { id: number; path: string; outcome: string; failure: string | null }[]
  readonly recording: Recording
}

const running: AsyncDisposable[] = []
afterAll(async () => {
  for (const each of running.toReversed()) await each[Symbol.asyncDispose]()
})

const join = async (options: TestNodeOptions = {}): Promise<{ node: TestNode; cpo: Connected }> => {
  const node = await startTestNode(options)
  running.push(node)
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
  const endpoints = [{ identifier: 'tokens', role: 'RECEIVER' }] as const
  const cpo = await connect(node, { version: '2.2.1', role: 'CPO', party: PARTY, endpoints })
  running.push(cpo.party)
  return { node, cpo }
}

const put = ({ party }: Connected, id: string, change: object = {}) => {
  const body = { ...location(id, PARTY), ...change }
  return party.send('PUT', party.at('locations', 'RECEIVER', `/NL/FCP/${id}`), { body })
}

const list = async (node: TestNode, query = ''): Promise<Page> =>
  (await node.api('GET', `/messages?limit=1000${query}`)).body as Page

/** Runs one statement on the node's own database, beside the node. */
const onDatabase = async (node: TestNode, text: string): Promise<readonly object[]> => {
  await using database = await openDatabase({ url: node.databaseUrl, poolSize: 1 })
  return (await database.query({ text })).rows
}

describe('a queue that is full', () => {
  it('drops the newest, answers every request, and shows the gap', async () => {
    const limits = { messages: 5, bytes: 1e9, batchMessages: 5, batchBytes: 1e9, flushEveryMs: 100 }
    const { node, cpo } = await join({ messageLimits: limits })
    await list(node)
    const blocker = await openDatabase({ url: node.databaseUrl, poolSize: 1 })
    let release: () => void = () => undefined
    // Somebody holds the table, so that nothing can be written.
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const blocking = blocker.transaction(async (tx) => {
      await tx.query({ text: 'lock table messages in access exclusive mode' })
      await held
    })
    await eventually('the lock', async () => {
      const rows = await onDatabase(
        node,
        `select 1 from pg_locks where relation = 'messages'::regclass and mode = 'AccessExclusiveLock' and granted`,
      )
      return rows.length > 0 || undefined
    })
    const startedMs = Date.now()
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => put(cpo, `L${index}`)))
    expect(answers.map(codes)).toEqual(answers.map(() => [201, 1000]))
    expect(Date.now() - startedMs).toBeLessThan(5000)
    release()
    await blocking
    await blocker.close()
    const { recording } = await eventually('the gap', async () => {
      const page = await list(node)
      return page.recording.gaps.length > 0 ? page : undefined
    })
    expect(recording.dropped.queue).toBeGreaterThanOrEqual(50)
    expect(recording.gaps).toMatchObject([{ reason: 'queue', count: recording.dropped.queue }])
    expect(codes(await put(cpo, 'AFTER'))).toEqual([201, 1000])
    expect((await list(node, '&text=AFTER')).items).toHaveLength(1)
  })
})

describe('a database that cannot store messages', () => {
  it('fails no request; what was lost is counted, and recording goes on when it can again', async () => {
    const { node, cpo } = await join()
    await list(node)
    await onDatabase(node, 'alter table messages rename to messages_away')
    for (const id of ['A', 'B', 'C']) expect(codes(await put(cpo, id))).toEqual([201, 1000])
    const sent = await node.api('PUT', '/tokens/DE/MSP/X', {
      type: 'RFID',
      contract_id: 'DE-MSP-X',
      issuer: 'Node',
      valid: true,
      whitelist: 'ALWAYS',
    })
    expect(sent.status).toBe(201)
    await eventually('the token at the partner', () =>
      cpo.party.received.find(({ method, path }) => method === 'PUT' && path.endsWith('/X')),
    )
    // Asking for messages is a question to the database like others: it is an error here, and says so.
    const metrics = async () =>
      (await fetch(`${node.url}/metrics`, { headers: { authorization: `Bearer ${node.apiKey}` } })).text()
    await eventually('lost messages', async () =>
      Number(/dropped_total\{reason="database"\} (\d+)/.exec(await metrics())?.[1]) >= 4 ? true : undefined,
    )
    await onDatabase(node, 'alter table messages_away rename to messages')
    expect(codes(await put(cpo, 'BACK'))).toEqual([201, 1000])
    const { items, recording } = await list(node)
    expect(items.some(({ path }) => path.endsWith('/BACK'))).toBe(true)
    expect(items.some(({ path }) => path.endsWith('/locations/NL/FCP/B'))).toBe(false)
    expect(recording.gaps.some(({ reason }) => reason === 'database')).toBe(true)
  })
})

describe('bodies and outcomes', () => {
  let node: TestNode
  let cpo: Connected

  beforeAll(async () => {
    const joined = await join()
    node = joined.node
    cpo = joined.cpo
  })

  it('of a long body the beginning is kept, with its full length', async () => {
    const note = 'ö'.repeat(90_000)
    expect(codes(await put(cpo, 'LONG', { note }))).toEqual([201, 1000])
    const [item] = (await list(node, '&object_id=LONG&direction=in')).items
    const { request } = (await node.api('GET', `/messages/${item?.id}`)).body as {
      request: { body: string; bytes: number; cut: boolean }
    }
    expect(request.cut).toBe(true)
    expect(request.bytes).toBeGreaterThan(180_000)
    expect(Buffer.byteLength(request.body)).toBeLessThanOrEqual(65_536)
  })

  it('text that the database cannot hold is kept as far as it can be', async () => {
    const url = cpo.party.at('locations', 'RECEIVER', '/NL/FCP/ODD')
    const answer = await cpo.party.send('PUT', url, { bodyText: '{"id":"ODD\u0000","x":"\\u0000\\ud800"' })
    expect(answer.http).toBe(400)
    const [item] = (await list(node, '&object_id=ODD')).items
    const { request } = (await node.api('GET', `/messages/${item?.id}`)).body as { request: { body: string } }
    expect(request.body).toBe('{"id":"ODD\ufffd","x":"\\u0000\\ud800"')
  })

  it('findings stand beside the message with the rules they cite', async () => {
    await put(cpo, 'BAD', { coordinates: { latitude: 'north', longitude: '4.3' } })
    const [item] = (await list(node, '&object_id=BAD&outcome=refused')).items as unknown as {
      status_code: number
      findings: { pointer: string; rule: string; severity: string }[]
    }[]
    expect(item?.status_code).toBe(2001)
    expect(item?.findings).toContainEqual(
      expect.objectContaining({
        pointer: '/coordinates/latitude',
        severity: 'error',
        rule: expect.stringMatching(/^[A-Z]+-\d+$/),
      }),
    )
  })

  it('a request that got no answer says why, and its attempts are counted', async () => {
    await node.api('PUT', '/tokens/DE/MSP/SLOW', {
      type: 'RFID',
      contract_id: 'DE-MSP-SLOW',
      issuer: 'Node',
      valid: true,
      whitelist: 'ALWAYS',
    })
    await eventually('the token', () => cpo.party.received.find(({ path }) => path.endsWith('/SLOW')))
    for (const method of ['PUT', 'PATCH'])
      cpo.party.routes.set(`${method} /2.2.1/receiver/tokens`, () => ({ hangMs: 10 }))
    await node.api('PATCH', '/tokens/DE/MSP/SLOW', { issuer: 'Moved' })
    const broken = await eventually('a failed push', async () => {
      const { items } = await list(node, '&direction=out&outcome=failed&object_id=slow')
      return items[0]
    })
    expect(broken).toMatchObject({
      http_status: null,
      status_code: null,
      failure: expect.any(String),
      attempt: 1,
    })
    expect((await node.api('GET', `/messages/${broken.id}`)).body).toMatchObject({ response: null })
  })
})

describe('recording that is switched off', () => {
  it('records nothing, and says so', async () => {
    const { node, cpo } = await join({ env: { RECORD_MESSAGES: 'false' } })
    expect(codes(await put(cpo, 'L1'))).toEqual([201, 1000])
    const page = await list(node)
    expect(page.items).toEqual([])
    expect(page.recording).toMatchObject({ enabled: false, gaps: [] })
    const rows = await onDatabase(node, 'select count(*)::int as count from messages')
    expect(rows).toEqual([{ count: 0 }])
  })
})

describe('old messages', () => {
  it('go when their day is over, all at once', async () => {
    const { node, cpo } = await join({ env: { MESSAGE_DAYS: '3' } })
    await put(cpo, 'L1')
    const [item] = (await list(node)).items
    const kept = await node.node.stores.messages.get(item?.id ?? 0)
    if (kept === undefined) throw new Error('nothing was recorded')
    const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()
    await node.node.stores.messages.add(
      [2, 5, 6].map((days) => ({ ...kept, at: ago(days), correlationId: 'old' })),
      [],
    )
    const days = async (): Promise<readonly string[]> => {
      const { status, body } = await node.api('GET', '/correlations/old')
      expect(status).toBe(200)
      return (body as { items: { at: string }[] }).items.map(({ at }) => at.slice(0, 10))
    }
    expect(await days()).toHaveLength(3)
    await node.restart()
    await eventually('the old days to go', async () => (await days()).length === 1 || undefined)
    expect(await days()).toEqual([ago(2).slice(0, 10)])
    expect((await list(node, '&text=L1')).items.length).toBeGreaterThan(0)
  })
})
