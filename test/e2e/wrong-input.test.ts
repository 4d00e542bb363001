import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Connected, codes, connect, data } from '../support/connect.js'
import { cdrToken, location, session, tariff, token } from '../support/documents.js'
import type { ForeignParty, OcpiAnswer } from '../support/foreign-party.js'
import {
  CPO,
  EMSP,
  goodBody,
  notAnObject,
  notJson,
  PTP,
  type Target,
  targets,
  upload,
  wrongFor,
} from '../support/hostile.js'
import { startTestNode, type TestNode } from '../support/node.js'

/** Wrong input at every endpoint: the specified answer, nothing changed, no 500 (promise 4). */
const NAMES = [
  'locations',
  'tariffs',
  'tokens',
  'sessions',
  'cdrs',
  'commands',
  'charging-profiles',
  'partners',
  'terminals',
  'financial-advice-confirmations',
  'invoice-reconciliation-records',
  'booking_locations',
  'bookings',
  'booking_orders',
] as const
/** Objects of the foreign CPO that are there before anything wrong arrives; those of modules the version has. */
const THERE = [
  ['locations.receiver.put', '/NL/FCP/LOC1', 'location'],
  ['tariffs.receiver.put', '/NL/FCP/AC-DAY', 'tariff'],
  ['sessions.receiver.put', '/NL/FCP/S1', 'session'],
  ['bookings.receiver.putLocation', '/NL/FCP/booking_locations/BL1', 'booking_location'],
  ['bookings.receiver.put', '/NL/FCP/B1', 'booking'],
] as const

describe.each(['2.1.1', '2.2.1', '2.3.0'] as const)('wrong input in %s', (version) => {
  let node: TestNode
  let cpo: ForeignParty
  let emsp: ForeignParty
  let ptp: ForeignParty | undefined
  let stored = ''
  const all = targets(version)
  const writing = all.filter((target) => target.form !== undefined)
  const hasExtensions = all.some(({ module }) => module === 'payments')
  const partyOf = (target: Target): ForeignParty => {
    const party = { CPO: cpo, EMSP: emsp, PTP: ptp }[target.caller]
    if (!party) throw new Error(`nobody plays ${target.caller}`)
    return party
  }
  const urlOf = (target: Target, path = target.path): string =>
    partyOf(target).at(target.module, target.side, path)
  const send = (
    target: Target,
    options: {
      bodyText?: string
      body?: unknown
      token?: string | null
      headers?: Record<string, string>
    } = {},
    url = urlOf(target),
  ): Promise<OcpiAnswer> => partyOf(target).send(target.method, url, options)

  /** Everything the node holds, without what changes by itself. */
  const snapshot = async (): Promise<string> => {
    const lists = await Promise.all(
      NAMES.map(async (name) => JSON.stringify((await node.api('GET', `/${name}`)).body)),
    )
    return lists
      .join('\n')
      .replace(/"(last_success_at|lastSuccessAt|cursors|backlog|health)":(\{[^}]*\}|"[^"]*"|null)/g, '')
  }

  /** Payments and invoice reconciliation, by agreement, with one object of each. */
  const prepareExtensions = async (asCpo: Connected, asEmsp: Connected): Promise<void> => {
    const endpoints = [{ identifier: 'commands', role: 'SENDER' }] as const
    await node.api('PUT', '/parties/DE/PTP', { roles: ['PTP'], business_details: { name: 'Node' } })
    ptp = (await connect(node, { version, role: 'PTP', party: PTP, endpoints })).party
    for (const [{ id, party }, role] of [
      [asCpo, 'RECEIVER'],
      [asEmsp, 'SENDER'],
    ] as const) {
      await node.api('PATCH', `/partners/${id}`, { modules: [{ identifier: 'invoicereconciliation', role }] })
      await party.discover(`${node.url}/ocpi/versions`, party.nodeToken)
    }
    await node.api('PUT', '/terminals/DE/PTP/T1', goodBody(version, 'terminal'))
    const post = (by: ForeignParty, url: string, name: string) =>
      by.send('POST', url, { body: goodBody(version, name) })
    for (const answer of [
      await post(ptp, ptp.at('payments', 'RECEIVER', '/terminals'), 'terminal'),
      await post(
        ptp,
        ptp.at('payments', 'RECEIVER', '/financial-advice-confirmations'),
        'financial_advice_confirmation',
      ),
      await post(cpo, cpo.at('invoicereconciliation', 'RECEIVER'), 'invoice_reconciliation_record'),
    ])
      expect(codes(answer)).toEqual([201, 1000])
  }

  beforeAll(async () => {
    node = await startTestNode()
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
    await node.api('PUT', '/tariffs/DE/CPO/AC-DAY', tariff())
    await node.api('PUT', '/locations/DE/CPO/OWN1', location('OWN1'))
    await node.api(
      'PUT',
      '/sessions/DE/CPO/OWN1',
      session('OWN1', { cdr_token: cdrToken(undefined, EMSP), location_id: 'OWN1' }),
    )
    await node.api('PUT', '/tokens/DE/MSP/04AA11BB22CC33', token())
    // They offer nothing that is pulled or pushed, so that only what this test sends can change anything.
    const asCpo = await connect(node, {
      version,
      role: 'CPO',
      party: CPO,
      endpoints: [{ identifier: 'commands', role: 'RECEIVER' }],
    })
    const asEmsp = await connect(node, {
      version,
      role: 'EMSP',
      party: EMSP,
      endpoints: [{ identifier: 'commands', role: 'SENDER' }],
    })
    cpo = asCpo.party
    emsp = asEmsp.party
    if (hasExtensions) await prepareExtensions(asCpo, asEmsp)
    for (const [operation, path, document] of THERE) {
      const target = all.find((each) => each.operation === operation)
      if (target === undefined) continue
      const url = cpo.at(target.module, 'RECEIVER', path)
      expect(codes(await cpo.send('PUT', url, { body: goodBody(version, document) }))).toEqual([201, 1000])
    }
    const cdr = { ...goodBody(version, 'cdr'), id: 'CDR1' }
    expect(codes(await cpo.send('POST', cpo.at('cdrs', 'RECEIVER'), { body: cdr }))).toEqual([201, 1000])
    const mine = emsp.at('tokens', 'RECEIVER', '/NL/FEM/04AA11BB22CC33')
    expect(codes(await emsp.send('PUT', mine, { body: goodBody(version, 'token') }))).toEqual([201, 1000])
    stored = await snapshot()
  })

  afterEach(async () => {
    const before = stored
    stored = await snapshot()
    expect(stored === before ? 'nothing changed' : stored.slice(0, 3000)).toBe('nothing changed')
  })

  afterAll(async () => {
    for (const party of [cpo, emsp, ptp]) await party?.[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it.each(all.map((target) => [target.operation, target] as const))(
    '%s needs the token of a registered partner (TRN-001, TRN-010, TRN-012)',
    async (_name, target) => {
      const { body } = await node.api('POST', '/partners', { name: 'Invited' })
      const { id, token_a } = body as { id: string; token_a: string }
      const options = target.body === undefined ? {} : { body: target.body }
      // A plain token of control characters is no header that could be sent.
      const unsendable = version === '2.1.1' ? [] : ['\u0007']
      for (const wrong of [null, 'nobody', token_a, ...unsendable, 'x'.repeat(500), '../../etc/passwd'])
        expect(codes(await send(target, { ...options, token: wrong }))).toEqual([401, 2000])
      for (const authorization of [
        'Bearer abc',
        'Basic YTpi',
        'Token',
        'Token  ',
        'Token a b',
        `Token ${'A'.repeat(9000)}`,
      ])
        expect(codes(await send(target, { ...options, token: null, headers: { authorization } }))).toEqual([
          401, 2000,
        ])
      await node.api('DELETE', `/partners/${id}`)
      stored = await snapshot()
    },
  )

  // PATCH of a tariff exists in 2.1.1 only.
  const everywhere = all.filter(({ operation }) => operation !== 'tariffs.receiver.patch')

  it.each(everywhere.map((target) => [target.operation, target] as const))(
    '%s is refused on another version (CRD-055)',
    async (_name, target) => {
      const other = version === '2.2.1' ? '2.3.0' : '2.2.1'
      const options = target.body === undefined ? {} : { body: target.body }
      const { module, side, path } = target
      const url = `${node.url}/ocpi/${other}/${side.toLowerCase()}/${module}${path}`
      const known = targets(other).some(({ operation }) => operation === target.operation)
      expect(codes(await send(target, options, url))).toEqual(known ? [200, 3002] : [404, 2000])
    },
  )

  it.each(writing.map((target) => [target.operation, target] as const))(
    '%s answers 400 to what is no JSON (TRN-024)',
    async (_name, target) => {
      for (const [what, text] of notJson) {
        const answer =
          typeof text === 'string' ? await send(target, { bodyText: text }) : await binary(target, text)
        expect([what, ...codes(answer)]).toEqual([what, 400, 2001])
      }
    },
  )

  const binary = async (target: Target, bytes: Uint8Array): Promise<OcpiAnswer> => {
    const authorization = `Token ${Buffer.from(partyOf(target).nodeToken).toString('base64')}`
    const response = await fetch(urlOf(target), {
      method: target.method,
      headers: { authorization },
      body: new Uint8Array(bytes),
    })
    return {
      http: response.status,
      headers: response.headers,
      envelope: (await response.json()) as OcpiAnswer['envelope'],
    }
  }

  it.each(writing.map((target) => [target.operation, target] as const))(
    '%s answers 2001 to JSON of another kind (TRN-050)',
    async (_name, target) => {
      for (const [what, bodyText] of notAnObject) {
        if (target.form === 'optional' && what === 'null') continue
        expect([what, ...codes(await send(target, { bodyText }))]).toEqual([what, 200, 2001])
      }
      if (target.form !== 'optional') expect((await send(target, { bodyText: '' })).http).toBe(400)
    },
  )

  it.each(writing.map((target) => [target.operation, target] as const))(
    '%s answers 2001 to a field of the wrong type, whichever it is',
    async (_name, target) => {
      for (const [field, value] of Object.entries(target.body ?? {}))
        for (const wrong of wrongFor(value)) {
          const whole = target.form === 'patch' ? { last_updated: '2026-07-01T00:00:00Z' } : target.body
          const answer = await send(target, { body: { ...whole, [field]: wrong } })
          expect([field, JSON.stringify(wrong).slice(0, 30), ...codes(answer)]).toEqual([
            field,
            JSON.stringify(wrong).slice(0, 30),
            200,
            2001,
          ])
          expect(answer.envelope?.status_message).toContain(`/${field}`)
          expect(String(answer.envelope?.status_message).length).toBeLessThan(2000)
        }
    },
  )

  it.each(
    writing.filter((target) => target.form === 'whole').map((target) => [target.operation, target] as const),
  )('%s answers 2001 when a required field is missing (TRN-090, CRD-001)', async (_name, target) => {
    const optional = [
      'name',
      'postal_code',
      'evses',
      'capabilities',
      'evse_id',
      'tariff_ids',
      'tariff_id',
      'type',
      'charging_periods',
      'total_cost',
      'tariffs',
      'session_id',
      'connector_id',
      'evse_uid',
      'authorization_reference',
      'energy_need',
      'discharge_allowed',
      'message',
      'profile',
      'access_information',
      'available_timeslots',
      'booking_location_id',
      'booking_option',
      'booking_tokens',
      'calendars',
      'policy',
      'timeslot_increment',
      'tokens',
    ]
    const needed = target.operation.startsWith('commands.receiver.unlock')
      ? ['connector_id', 'evse_uid']
      : target.operation === 'commands.receiver.stopSession'
        ? ['session_id']
        : target.operation === 'cdrs.receiver.post'
          ? ['charging_periods', 'total_cost']
          : target.operation.startsWith('tokens')
            ? ['type']
            : target.operation.startsWith('bookings')
              ? ['authorization_reference']
              : []
    for (const field of Object.keys(target.body ?? {})) {
      const extension = target.module === 'payments' || target.module === 'invoicereconciliation'
      if (extension && !target.required.includes(field)) continue
      if (optional.includes(field) && !needed.includes(field) && !extension) continue
      for (const nothing of [undefined, null]) {
        const answer = await send(target, { body: { ...target.body, [field]: nothing } })
        expect([field, ...codes(answer)]).toEqual([field, 200, 2001])
      }
    }
  })

  it.each(writing.map((target) => [target.operation, target] as const))(
    '%s answers 413 to fifty megabytes, announced or not',
    async (_name, target) => {
      for (const chunked of [false, true]) {
        const status = await upload({
          url: urlOf(target),
          method: target.method,
          token: partyOf(target).nodeToken,
          megabytes: 50,
          chunked,
        })
        expect([0, 413]).toContain(status)
      }
      expect(codes(await partyOf(target).send('GET', `${node.url}/ocpi/versions`))).toEqual([200, 1000])
    },
  )

  it.each(writing.map((target) => [target.operation, target] as const))(
    '%s answers 415 to a packed body',
    async (_name, target) => {
      expect(
        codes(await send(target, { body: target.body, headers: { 'content-encoding': 'gzip' } })),
      ).toEqual([415, 2001])
    },
  )

  it.each((version === '2.1.1' ? [] : all).map((target) => [target.operation, target] as const))(
    '%s refuses half a routing address and odd ones with 2001 (HUB-001)',
    async (_name, target) => {
      const options = target.body === undefined ? {} : { body: target.body }
      for (const headers of [
        { 'ocpi-to-country-code': 'DE' },
        { 'ocpi-from-party-id': 'FCP' },
        { 'ocpi-to-country-code': 'DEU', 'ocpi-to-party-id': 'CPO' },
        { 'ocpi-to-country-code': 'D\u00e9', 'ocpi-to-party-id': "'--" },
      ])
        expect(codes(await send(target, { ...options, headers }))).toEqual([200, 2001])
    },
  )

  it.each(all.filter((target) => target.path !== '').map((target) => [target.operation, target] as const))(
    '%s survives odd paths',
    async (_name, target) => {
      const options = target.body === undefined ? {} : { body: target.body }
      const start = target.path.slice(0, target.path.lastIndexOf('/') + 1)
      for (const odd of [
        '%00',
        '%ff',
        '%',
        '%2e%2e%2f',
        "'%3B--",
        'x'.repeat(37),
        'x'.repeat(5000),
        '%F0%9F%94%8C',
        '..;',
        '%25',
        '*',
      ])
        for (const path of [start + odd, target.path.replace('/NL/', `/${odd}/`)]) {
          const answer = await send(target, options, urlOf(target, path))
          if (path === target.path) continue
          expect(answer.http).toBeLessThan(500)
          expect([path.slice(0, 60), answer.envelope?.status_code]).toEqual([
            path.slice(0, 60),
            expect.toSatisfy(
              (code: number) =>
                (code >= 2000 && code < 3000) ||
                (target.method === 'GET' && code === 1000) ||
                (target.side === 'RECEIVER' && data(answer).result === 'NOT_SUPPORTED'),
            ),
          ])
        }
    },
  )

  it.each(
    all.filter((target) => target.path.includes('/NL/')).map((target) => [target.operation, target] as const),
  )('%s is 404 for a party that is not the caller (TRN-016, TRN-112)', async (_name, target) => {
    const options = target.body === undefined ? {} : { body: target.body }
    for (const party of ['/DE/CPO', '/DE/MSP', '/FR/ZZZ', target.caller === 'CPO' ? '/NL/FEM' : '/NL/FCP']) {
      const answer = await send(target, options, urlOf(target, target.path.replace(/^\/NL\/\w+/, party)))
      expect([party, ...codes(answer)]).toEqual([party, 404, 2000])
    }
  })

  it('a party in another role owns nothing of the module (ROL-007)', async () => {
    expect(
      codes(
        await emsp.send('PUT', cpo.at('locations', 'RECEIVER', '/NL/FEM/LOC1'), {
          body: { ...goodBody(version, 'location'), ...EMSP },
        }),
      ),
    ).toEqual([404, 2000])
    expect(
      codes(
        await cpo.send('PUT', emsp.at('tokens', 'RECEIVER', '/NL/FCP/T'), {
          body: { ...goodBody(version, 'token'), ...CPO },
        }),
      ),
    ).toEqual([404, 2000])
  })

  it('what is stale is acknowledged and not applied (TRN-100)', async () => {
    const old = '2020-01-01T00:00:00Z'
    for (const [module, path, document] of [
      ['locations', '/NL/FCP/LOC1', 'location'],
      ['locations', '/NL/FCP/LOC1/E1', 'evse'],
      ['locations', '/NL/FCP/LOC1/E1/1', 'connector'],
      ['tariffs', '/NL/FCP/AC-DAY', 'tariff'],
      ['sessions', '/NL/FCP/S1', 'session'],
    ] as const) {
      const url = cpo.at(module, 'RECEIVER', path)
      const body = {
        ...goodBody(version, document),
        last_updated: old,
        name: 'Old',
        kwh: 99,
        status: document === 'evse' ? 'BLOCKED' : 'COMPLETED',
        max_amperage: 99,
      }
      expect([path, ...codes(await cpo.send('PUT', url, { body }))]).toEqual([path, 200, 1000])
      if (module !== 'tariffs')
        expect(
          codes(
            await cpo.send('PATCH', url, {
              body: { last_updated: old, kwh: 99, name: 'Old', max_amperage: 1 },
            }),
          ),
        ).toEqual([200, 1000])
    }
  })

  it('unknown paths and methods are answered in an envelope (TRN-025, TRN-033)', async () => {
    for (const path of [
      '',
      '/',
      '/nonsense',
      `/${version}/nonsense`,
      `/${version}/sender`,
      `/${version}/receiver/locations`,
      '/9.9.9',
      `/${version}/credentials/x`,
      '//',
    ])
      expect([path, ...codes(await cpo.send('GET', `${node.url}/ocpi${path}`))]).toEqual([path, 404, 2000])
    for (const method of ['OPTIONS', 'HEAD', 'PROPFIND', 'LINK']) {
      const answer = await cpo.send(method, cpo.at('tokens', 'SENDER'))
      expect([method, answer.http]).toEqual([method, expect.toSatisfy((http: number) => http < 500)])
    }
  })

  it('the same command at the same moment is executed once (CMD-040)', async () => {
    const response_url = `${emsp.url}/results/same`
    const body = { ...goodBody(version, 'start_session'), response_url }
    const url = emsp.at('commands', 'RECEIVER', '/START_SESSION')
    const answers = await Promise.all(Array.from({ length: 10 }, () => emsp.send('POST', url, { body })))
    expect(answers.map((answer) => data(answer).result)).toEqual(Array(10).fill('ACCEPTED'))
    const { body: listed } = await node.api('GET', '/commands?direction=received&state=ACCEPTED')
    const mine = (listed as { items: { id: string }[] }).items
    for (const { id } of mine) await node.api('POST', `/commands/${id}/result`, { result: 'REJECTED' })
    stored = await snapshot()
    expect(mine.length).toBe(1)
  })
})
