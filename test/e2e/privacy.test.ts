import { openDatabase } from '@interwatt/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrives, type Connected, codes, connect, data, later, quiet } from '../support/connect.js'
import {
  cdr,
  cdr211,
  cdr221,
  cdrToken,
  location,
  location211,
  session,
  session211,
  session221,
  tariff,
  tariff211,
  tariff221,
  token,
  token211,
} from '../support/documents.js'
import { ForeignParty, type ForeignVersion, type OcpiAnswer } from '../support/foreign-party.js'
import { eventually } from '../support/node.js'
import { type ServedNode, serveNode } from '../support/served-node.js'

/** What one partner gives is seen by no other (promise 3); no secret shows anywhere (promise 5). */
const PLACE = { location_id: 'OWN', evse_uid: 'E1' }

interface Member extends Connected {
  readonly mark: string
  readonly role: 'CPO' | 'EMSP'
  readonly party: ForeignParty
}

let node: ServedNode
const members: Member[] = []
/** Every answer a partner got, by its mark. */
const answers = new Map<string, string[]>()
const secrets = new Set<string>()
const responseUrls: string[] = []

const ask = async (
  member: Member,
  method: string,
  url: string,
  options: object = {},
): Promise<OcpiAnswer> => {
  const answer = await member.party.send(method, url, options)
  const text = JSON.stringify([answer.envelope, [...answer.headers]])
  answers.get(member.mark)?.push(text)
  return answer
}

const version = (member: Member): ForeignVersion => member.party.options.version
const owner = (member: Member) => member.party.options.party
const url = (member: Member, module: string, side: 'SENDER' | 'RECEIVER', path = ''): string =>
  member.party.at(module, side, path)
const ownPath = (member: Member, id: string): string =>
  `/${owner(member).country_code}/${owner(member).party_id}/${id}`

const join = async (
  mark: string,
  role: 'CPO' | 'EMSP',
  party_id: string,
  spoken: ForeignVersion,
): Promise<void> => {
  const party = { country_code: 'NL', party_id }
  const endpoints =
    role === 'CPO'
      ? ([
          { identifier: 'tokens', role: 'RECEIVER' },
          { identifier: 'commands', role: 'RECEIVER' },
        ] as const)
      : undefined
  const options = { version: spoken, role, party, ...(endpoints === undefined ? {} : { endpoints }) }
  const connected = await connect(node, options, (from) => secrets.add(from.ownToken))
  const member: Member = { ...connected, mark, role }
  members.push(member)
  answers.set(mark, [])
  secrets.add(member.party.nodeToken)
  secrets.add(member.party.ownToken)
}

/** Objects of a member that carry its mark, in its version. */
const objectsOf = (member: Member) => {
  const { mark } = member
  const own = owner(member)
  const tariff_alt_text = [{ language: 'en', text: mark }]
  if (version(member) === '2.1.1')
    return {
      tokens: token211(`T-${mark}`, { issuer: mark, auth_id: `NL-${mark}-1`, whitelist: 'NEVER' }),
      locations: location211(`L-${mark}`, { name: mark }),
      tariffs: tariff211(`F-${mark}`, { tariff_alt_text }),
      sessions: session211(`S-${mark}`, { meter_id: mark }),
      cdrs: cdr211(`C-${mark}`, { remark: mark }),
    }
  const old = version(member) === '2.2.1'
  return {
    tokens: token(`T-${mark}`, { ...own, issuer: mark, whitelist: 'NEVER' }),
    locations: location(`L-${mark}`, { ...own, name: mark }),
    tariffs: (old ? tariff221 : tariff)(`F-${mark}`, { ...own, tariff_alt_text }),
    sessions: (old ? session221 : session)(`S-${mark}`, { ...own, meter_id: mark }),
    cdrs: (old ? cdr221 : cdr)(`C-${mark}`, { ...own, remark: mark }),
  }
}

const give = async (member: Member): Promise<void> => {
  const { mark } = member
  const objects = objectsOf(member)
  const put = async (module: string, id: string, body: unknown) =>
    expect(
      codes(await ask(member, 'PUT', url(member, module, 'RECEIVER', ownPath(member, id)), { body })),
    ).toEqual([201, 1000])
  if (member.role === 'EMSP') return put('tokens', `T-${mark}`, objects.tokens)
  await put('locations', `L-${mark}`, objects.locations)
  await put('tariffs', `F-${mark}`, objects.tariffs)
  await put('sessions', `S-${mark}`, objects.sessions)
  const posted = await ask(member, 'POST', url(member, 'cdrs', 'RECEIVER'), { body: objects.cdrs })
  expect(codes(posted)).toEqual([201, 1000])
}

/** Everything a partner can try to read: its lists, and what belongs to others under their addresses and its own. */
const pry = async (member: Member): Promise<void> => {
  for (const [name, address] of member.party.nodeEndpoints) {
    const [module = '', side] = name.split(' ')
    if (side === 'SENDER') await ask(member, 'GET', `${address}?limit=1000`)
    for (const other of members.filter((each) => each !== member)) {
      const ids = ['L', 'F', 'S', 'C', 'T'].map((letter) => `${letter}-${other.mark}`)
      for (const id of ids) {
        for (const path of [
          `/${id}`,
          ownPath(other, id),
          ownPath(member, id),
          ownPath(other, `${id}/E1`),
          `/${id}/E1/1`,
        ])
          if (module !== 'commands') await ask(member, 'GET', address + path)
        if (module === 'sessions' && side === 'SENDER')
          await ask(member, 'PUT', `${address}/${id}/charging_preferences`, {
            body: { profile_type: 'REGULAR' },
          })
        if (module === 'tokens' && side === 'SENDER')
          await ask(member, 'POST', `${address}/${id}/authorize`, {})
      }
    }
  }
}

beforeAll(async () => {
  node = await serveNode()
  secrets.add(node.apiKey)
  secrets.add(node.secret)
  await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
  await node.api('PUT', '/tokens/DE/MSP/MINE', token('MINE'))
  await node.api('PUT', '/locations/DE/CPO/OWN', location('OWN'))
  await node.api('PUT', '/tariffs/DE/CPO/AC-DAY', tariff())
  await join('alpha', 'CPO', 'AAA', '2.2.1')
  await join('bravo', 'CPO', 'BBB', '2.3.0')
  await join('charlie', 'EMSP', 'CCC', '2.2.1')
  await join('delta', 'EMSP', 'DDD', '2.3.0')
  await join('yankee', 'CPO', 'EEE', '2.1.1')
  await join('zulu', 'EMSP', 'FFF', '2.1.1')
  for (const member of members) await give(member)
  for (const member of members.filter((each) => each.role === 'EMSP')) {
    const cdr_token = cdrToken(`T-${member.mark}`, owner(member))
    await node.api(
      'PUT',
      `/sessions/DE/CPO/S-${member.mark}`,
      session(`S-${member.mark}`, { ...PLACE, cdr_token, meter_id: member.mark }),
    )
    await node.api(
      'PUT',
      `/cdrs/DE/CPO/C-${member.mark}`,
      cdr(`C-${member.mark}`, { cdr_token, remark: member.mark }),
    )
    await arrives(
      member.party,
      'its CDR',
      (request) => request.method === 'POST' && request.path.includes('/cdrs'),
    )
  }
  for (const member of members) await quiet(member.party, 500)
})

afterAll(async () => {
  for (const member of members) await member.party[Symbol.asyncDispose]()
  await node?.[Symbol.asyncDispose]()
})

describe('partners', () => {
  it('see their own objects', async () => {
    for (const member of members.filter((each) => each.role === 'EMSP')) {
      const found = await ask(member, 'GET', url(member, 'sessions', 'SENDER'))
      expect(JSON.stringify(found.envelope)).toContain(member.mark)
    }
  })

  it('never see what another gave or is due, however they ask (promise 3, SES-010, SES-040, CDR-004, CDR-015)', async () => {
    for (const member of members) await pry(member)
    for (const member of members) {
      const seen = [
        ...(answers.get(member.mark) ?? []),
        ...member.party.received.map((request) => JSON.stringify([request.path, request.body ?? null])),
      ]
      expect(seen.length).toBeGreaterThan(20)
      for (const other of members.filter((each) => each !== member)) {
        // An answer may repeat the id that was asked for in its text, never more.
        const leaks = seen.filter((text) =>
          text
            .replaceAll(/"status_message":"[^"]*"/g, '')
            .replaceAll(/[A-Z]-\w+/g, (id) => (text.includes('"status_code":1000') ? id : ''))
            .includes(other.mark),
        )
        expect(leaks.map((text) => text.slice(0, 300))).toEqual([])
      }
    }
  })

  it('cannot write where another owns (promise 3, ROL-007)', async () => {
    const before = JSON.stringify(
      await Promise.all(
        ['locations', 'tariffs', 'tokens', 'sessions', 'cdrs'].map((name) => node.api('GET', `/${name}`)),
      ),
    )
    for (const member of members)
      for (const other of members.filter((each) => each !== member))
        for (const [name, address] of member.party.nodeEndpoints)
          for (const method of ['PUT', 'PATCH', 'DELETE', 'POST'])
            for (const path of [
              ownPath(other, `L-${other.mark}`),
              ownPath(other, `T-${other.mark}`),
              ownPath(other, `L-${other.mark}/E1`),
            ]) {
              if (name.startsWith('commands')) continue
              const body = {
                ...location(`L-${other.mark}`, owner(other)),
                uid: `T-${other.mark}`,
                last_updated: '2027-01-01T00:00:00Z',
              }
              const answer = await ask(member, method, address + path, { body })
              expect([400, 404, 405, 200]).toContain(answer.http)
              expect(answer.envelope?.status_code).toBeGreaterThanOrEqual(2000)
            }
    expect(
      JSON.stringify(
        await Promise.all(
          ['locations', 'tariffs', 'tokens', 'sessions', 'cdrs'].map((name) => node.api('GET', `/${name}`)),
        ),
      ),
    ).toBe(before)
  })

  it('cannot start or stop with tokens and sessions of another (CMD-027, CMD-028)', async () => {
    const [, , charlie, delta] = members as [Member, Member, Member, Member]
    const response_url = `${delta.party.url}/results/1`
    const post = (type: string, body: object) =>
      ask(delta, 'POST', url(delta, 'commands', 'RECEIVER', `/${type}`), { body: { response_url, ...body } })
    expect(
      codes(await post('START_SESSION', { ...PLACE, token: token('T-charlie', owner(charlie)) })),
    ).toEqual([200, 2001])
    expect((await post('STOP_SESSION', { session_id: 'S-charlie' })).envelope?.data).toMatchObject({
      result: 'REJECTED',
    })
  })
})

describe('secrets', () => {
  beforeAll(async () => {
    const [alpha, , charlie, , yankee] = members as [Member, Member, Member, Member, Member]
    // Everything that handles a secret, well and badly.
    const invited = (await node.api('POST', '/partners', { name: 'Lost' })).body as {
      token_a: string
      versions_url: string
    }
    secrets.add(invited.token_a)
    const stranger = await ForeignParty.start({
      version: '2.3.0',
      role: 'EMSP',
      party: { country_code: 'FR', party_id: 'STR' },
    })
    secrets.add(stranger.ownToken)
    await stranger.discover(invited.versions_url, invited.token_a)
    stranger.routes.set('GET /versions', (request) => ({
      http: 500,
      raw: `broken for ${request.headers.authorization}`,
    }))
    for (const body of [
      stranger.credentials(),
      { token: 'with-secret-in-it', url: 5 },
      { ...(stranger.credentials() as object), url: 'http://127.0.0.1:9/versions' },
    ])
      await stranger.send('POST', stranger.nodeCredentials, { token: invited.token_a, body })
    await stranger.send('POST', stranger.nodeCredentials, {
      token: invited.token_a,
      bodyText: '{"token":"with-secret-in-it",',
    })
    secrets.add('with-secret-in-it')
    await node.api('POST', '/partners', {
      name: 'Wrong',
      versions_url: `${stranger.url}/versions`,
      token_a: 'operator-typed-token',
    })
    secrets.add('operator-typed-token')
    await stranger[Symbol.asyncDispose]()
    // A partner that repeats our token in an error and one that fails.
    alpha.party.routes.set('POST /2.2.1/receiver/commands', (request) => {
      responseUrls.push(String((request.body as { response_url: string }).response_url))
      return { code: 3000, data: null }
    })
    const start = { token: { uid: 'MINE' }, location_id: 'L-alpha', evse_uid: 'E1' }
    await node.api('POST', '/commands/START_SESSION', start)
    alpha.party.routes.set('POST /2.2.1/receiver/commands', (request) => {
      responseUrls.push(String((request.body as { response_url: string }).response_url))
      return { data: { result: 'ACCEPTED', timeout: 30 } }
    })
    await node.api('POST', '/commands/START_SESSION', start)
    await alpha.party.send('POST', responseUrls.at(-1) ?? '', {
      token: 'nobody',
      body: { result: 'ACCEPTED' },
    })
    await alpha.party.send('POST', responseUrls.at(-1) ?? '', { body: { result: 7 } })
    await alpha.party.send('POST', responseUrls.at(-1) ?? '', { body: { result: 'ACCEPTED' } })
    yankee.party.routes.set('POST /2.1.1/receiver/commands', (request) => {
      responseUrls.push(String((request.body as { response_url: string }).response_url))
      return { data: { result: 'ACCEPTED' } }
    })
    const asked = await node.api('POST', '/commands/START_SESSION', { ...start, location_id: 'L-yankee' })
    expect(asked.body).toMatchObject({ response: 'ACCEPTED' })
    await yankee.party.send('POST', responseUrls.at(-1) ?? '', { body: { result: 'NONSENSE' } })
    await yankee.party.send('POST', responseUrls.at(-1) ?? '', { body: { result: 'ACCEPTED' } })
    for (const address of responseUrls) secrets.add(address.split('/').at(-1) ?? '')
    const response_url = `${charlie.party.url}/results/secret-of-charlie`
    await ask(charlie, 'POST', url(charlie, 'commands', 'RECEIVER', '/START_SESSION'), {
      body: { response_url, ...PLACE, token: token('T-charlie', owner(charlie)) },
    })
    charlie.party.routes.set('POST /2.2.1/sender/tokens', () => ({ http: 500 }))
    await node.api('POST', '/authorizations', { token_uid: 'T-charlie', type: 'RFID' })
    // Tokens move on both sides.
    for (const { id } of [alpha, yankee])
      expect((await node.api('POST', `/partners/${id}/rotate`)).status).toBe(200)
    const put = await charlie.party.send('PUT', charlie.party.nodeCredentials, {
      body: charlie.party.credentials(),
    })
    secrets.add(String(data(put).token))
    for (const member of members) {
      secrets.add(member.party.nodeToken)
      secrets.add(member.party.ownToken)
    }
    await node.api('POST', '/keys', { name: 'Second' }).then(({ body }) => {
      for (const value of Object.values((body ?? {}) as object))
        if (typeof value === 'string' && value.length > 30 && !/^[0-9a-f-]{36}$/.test(value))
          secrets.add(value)
    })
    await node.api('PATCH', '/locations/DE/CPO/OWN', { name: 'Moved', last_updated: later(9e6) })
    await quiet(alpha.party, 700)
  })

  const found = (text: string): string[] =>
    [...secrets].filter(
      (secret) =>
        secret !== '' &&
        [
          secret,
          Buffer.from(secret).toString('base64'),
          Buffer.from(secret).toString('base64url'),
          encodeURIComponent(secret),
        ].some((form) => text.includes(form)),
    )

  it('are many, and all kinds', () => {
    expect(secrets.size).toBeGreaterThan(15)
    expect([...secrets].every((secret) => secret.length >= 12)).toBe(true)
  })

  it('never show in the log, at its most talkative (TRN-014, promise 5)', async () => {
    await eventually('a log', () => node.output().includes('"level"') || undefined)
    expect(found(node.output())).toEqual([])
    expect(node.output()).not.toContain('secret-of-charlie')
  })

  it.each([
    '/partners',
    '/commands',
    '/events?after=0',
    '/authorizations',
    '/parties',
    '/keys',
    '/webhooks',
    '/openapi.json',
    '/locations',
    '/tokens',
    '/nonsense',
  ])('never show in what an operator reads at %s', async (path) => {
    const signal = AbortSignal.timeout(path.startsWith('/events') ? 2000 : 20_000)
    const response = await fetch(`${node.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${node.apiKey}` },
      signal,
    })
    let text = ''
    try {
      for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString('utf8')
    } catch {
      // The event stream has no end; what came until now is looked at.
    }
    expect(text.length).toBeGreaterThan(10)
    expect(found(text)).toEqual([])
    expect(text).not.toContain('secret-of-charlie')
  })

  it('never show in a single partner, command or refusal, nor in metrics', async () => {
    const { items } = (await node.api('GET', '/commands')).body as { items: { id: string }[] }
    const texts = await Promise.all([
      ...items.map(({ id }) => node.api('GET', `/commands/${id}`)),
      ...members.flatMap(({ id }) => [
        node.api('GET', `/partners/${id}`),
        node.api('GET', `/partners/${id}/refusals`),
      ]),
    ])
    const metrics = await (
      await fetch(`${node.url}/metrics`, { headers: { authorization: `Bearer ${node.apiKey}` } })
    ).text()
    expect(found(JSON.stringify(texts) + metrics)).toEqual([])
  })

  it('never show in any row of recorded messages, nor as a curl command', async () => {
    const page = (await node.api('GET', '/messages?limit=1000')).body as { items: { id: number }[] }
    await using database = await openDatabase({ url: node.databaseUrl, poolSize: 1 })
    const { rows } = await database.query<{ row: string }>({ text: 'select m::text as row from messages m' })
    // Every kind of exchange is among them, also those of strangers.
    const all = rows.map(({ row }) => row).join('\n')
    for (const kind of [
      'credentials',
      'versions',
      'commands',
      '401',
      'START_SESSION',
      'authorize',
      '[hidden]',
    ])
      expect(all).toContain(kind)
    expect(rows.length).toBeGreaterThan(100)
    expect(rows.map(({ row }) => row).filter((row) => found(row).length > 0)).toEqual([])
    expect(all).not.toContain('secret-of-charlie')
    const curls = await Promise.all(
      page.items.slice(0, 100).map(async ({ id }) => {
        const headers = { authorization: `Bearer ${node.apiKey}` }
        return (await fetch(`${node.url}/api/v1/messages/${id}/curl`, { headers })).text()
      }),
    )
    expect(found(curls.join('\n'))).toEqual([])
    expect(curls.every((text) => text.includes('Token $OCPI_TOKEN'))).toBe(true)
  })

  it('never show in addresses or bodies the node sends, but where they belong', () => {
    for (const member of members)
      for (const request of member.party.received) {
        expect(found(`${request.path}?${request.query}`)).toEqual([])
        if (request.path.endsWith('/credentials') || request.path.includes('/commands')) continue
        expect(found(JSON.stringify(request.body ?? null))).toEqual([])
      }
  })

  it('never show in answers to partners, but in credentials', () => {
    expect(found([...answers.values()].flat().join('\n'))).toEqual([])
  })
})
