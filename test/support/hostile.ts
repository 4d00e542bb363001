import { request } from 'node:http'
import { connect as connectSocket } from 'node:net'
import { type ModuleContract, type Schema, versionOf } from '@interwatt/protocol'
import * as bookings from './bookings.js'
import * as documents from './documents.js'

type Version = '2.1.1' | '2.2.1' | '2.3.0'
type Body = Record<string, unknown>

/** One endpoint of the node, and which foreign party may use it. */
export interface Target {
  readonly operation: string
  readonly method: string
  readonly module: string
  readonly side: 'SENDER' | 'RECEIVER'
  readonly path: string
  readonly caller: 'CPO' | 'EMSP' | 'PTP'
  readonly form: 'whole' | 'patch' | 'optional' | undefined
  /** A body that is fine. */
  readonly body: Body | undefined
  /** Fields that the table of the body requires. */
  readonly required: readonly string[]
}

export const CPO = { country_code: 'NL', party_id: 'FCP' }
export const EMSP = { country_code: 'NL', party_id: 'FEM' }

export const PTP = { country_code: 'NL', party_id: 'FPT' }

const usedBy = (module: string, side: string): Target['caller'] => {
  if (module === 'payments') return side === 'SENDER' ? 'CPO' : 'PTP'
  // Direct billing: a foreign CPO bills our eMSP, our CPO bills a foreign eMSP.
  if (module === 'invoicereconciliation') return side === 'SENDER' ? 'EMSP' : 'CPO'
  const emspOwns = ['tokens', 'commands', 'chargingprofiles'].includes(module)
  return (side === 'SENDER') === emspOwns ? 'CPO' : 'EMSP'
}

const IDS: Record<string, string> = {
  location_id: 'LOC1',
  evse_uid: 'E1',
  connector_id: '1',
  tariff_id: 'AC-DAY',
  session_id: 'S1',
  cdr_id: 'CDR1',
  token_uid: '04AA11BB22CC33',
  terminal_id: 'T1',
  confirmation_id: 'FAC1',
  record_id: 'R1',
  command: 'START_SESSION',
  response_id: 'x'.repeat(43),
  booking_location_id: 'BL1',
  calendar_id: 'CAL1',
  booking_id: 'B1',
}

const fillPath = (path: string, caller: Target['caller']): string => {
  const values: Record<string, string> = { ...IDS, ...{ CPO, EMSP, PTP }[caller] }
  return path.replace(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? name)
}

const LATER = '2026-06-01T00:00:00.000Z'

/** The same for 2.1.1. */
const goodBody211 = (): Record<string, Body> => {
  const response_url = 'http://127.0.0.1:9/results/1'
  const token = documents.token211(undefined, { last_updated: LATER })
  const place = { location_id: 'OWN1', evse_uid: 'E1' }
  return {
    location: documents.location211('LOC1', { last_updated: LATER }),
    evse: documents.evse211('E1', { last_updated: LATER }),
    connector: documents.connector211('1', { last_updated: LATER }),
    tariff: documents.tariff211('AC-DAY', { last_updated: LATER }),
    session: documents.session211('S1', { last_updated: LATER }),
    cdr: documents.cdr211('CDR2'),
    token,
    location_references: { location_id: 'LOC1', evse_uids: ['E1'] },
    start_session: { response_url, token, ...place },
    reserve_now: { response_url, token, ...place, expiry_date: '2090-01-01T00:00:00Z', reservation_id: 7 },
    stop_session: { response_url, session_id: 'OWN1' },
    unlock_connector: { response_url, ...place, connector_id: '1' },
    command_result: { result: 'ACCEPTED' },
  }
}

/** A good body for each document that travels. */
export const goodBody = (version: Version, document: string): Body => {
  const old = version === '2.2.1'
  const response_url = 'http://127.0.0.1:9/results/1'
  const token = documents.token(undefined, EMSP)
  const charging_profile = {
    start_date_time: LATER,
    duration: 900,
    charging_rate_unit: 'A',
    min_charging_rate: 6,
    charging_profile_period: [{ start_period: 0, limit: 8 }],
  }
  const place = { location_id: 'OWN1', evse_uid: 'E1' }
  const { booking_terms: _optional, ...bookable } = bookings.bookingLocation('BL1', {
    ...CPO,
    last_updated: LATER,
  })
  const bodies: Record<string, Body> = {
    location: documents.location('LOC1', { ...CPO, last_updated: LATER }),
    evse: documents.evse('E1', { last_updated: LATER }),
    connector: documents.connector('1', { last_updated: LATER }),
    tariff: (old ? documents.tariff221 : documents.tariff)('AC-DAY', { ...CPO, last_updated: LATER }),
    session: (old ? documents.session221 : documents.session)('S1', { ...CPO, last_updated: LATER }),
    cdr: (old ? documents.cdr221 : documents.cdr)('CDR2', CPO),
    token: { ...token, last_updated: LATER },
    location_references: { location_id: 'LOC1', evse_uids: ['E1'] },
    charging_preferences: { profile_type: 'REGULAR', energy_need: 5, discharge_allowed: false },
    start_session: { response_url, token, ...place, connector_id: '1', authorization_reference: 'R' },
    reserve_now: { response_url, token, ...place, expiry_date: '2090-01-01T00:00:00Z', reservation_id: 'R' },
    stop_session: { response_url, session_id: 'OWN1' },
    cancel_reservation: { response_url, reservation_id: 'R' },
    unlock_connector: { response_url, ...place, connector_id: '1' },
    terminal: documents.terminal('T1', { ...CPO, reference: 'SERIAL-1' }),
    financial_advice_confirmation: documents.confirmation(),
    invoice_reconciliation_record: documents.invoiceRecord('R1', { ...CPO, cdrs: ['CDR1'] }),
    booking_location: bookable,
    calendar: bookings.calendar('CAL1', { last_updated: LATER }),
    booking: bookings.booking('B1', { ...CPO, last_updated: LATER }),
    booking_request: bookings.bookingRequest(10, 11, {
      ...EMSP,
      location_id: 'OWN1',
      tokens: [bookings.bookingToken('T', EMSP)],
    }),
    command_result: { result: 'ACCEPTED', message: [{ language: 'en', text: 'x' }] },
    set_charging_profile: { response_url, charging_profile },
    active_charging_profile: { start_date_time: LATER, charging_profile },
    active_charging_profile_result: {
      result: 'ACCEPTED',
      profile: { start_date_time: LATER, charging_profile },
    },
    charging_profile_result: { result: 'ACCEPTED' },
    clear_profile_result: { result: 'ACCEPTED' },
  }
  const found = (version === '2.1.1' ? goodBody211() : bodies)[document]
  if (!found) throw new Error(`no body for ${document}`)
  return found
}

const requiredIn = (schema: Schema | undefined): readonly string[] =>
  schema?.kind === 'object'
    ? Object.entries(schema.fields).flatMap(([name, { card }]) =>
        card === '1' || card === '+' ? [name] : [],
      )
    : []
/** What version details call a module. */
const listedAs = ({ id, advertisedAs }: ModuleContract): string => advertisedAs ?? id

/** Every endpoint of the functional modules of a version. */
export const targets = (version: Version): readonly Target[] =>
  (versionOf(version)?.modules ?? [])
    .filter((module) => module.kind === 'functional')
    .flatMap((module) => module.endpoints.map((endpoint) => ({ endpoint, module: listedAs(module) })))
    .map(({ endpoint, module }) => {
      const caller = usedBy(endpoint.module, endpoint.side)
      return {
        operation: endpoint.operation,
        method: endpoint.method,
        module,
        side: endpoint.side,
        path: fillPath(endpoint.path, caller),
        caller,
        form: endpoint.body?.form,
        body: endpoint.body && goodBody(version, endpoint.body.document),
        required: requiredIn(endpoint.body?.schema),
      }
    })

/** Values that the place of this one cannot hold. */
export const wrongFor = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return [{}, 'x', 5, true, [[]], [5]]
  if (typeof value === 'object') return ['x', 5, [], true]
  if (typeof value === 'number') return ['x', {}, [], true]
  if (typeof value === 'boolean') return ['perhaps', 5, {}, []]
  return [{}, [], true, 5, `${'x'.repeat(100_000)}`, 'a\u0007b']
}

/** Texts that are no JSON, or no JSON anyone can store. */
export const notJson: readonly [string, string | Uint8Array][] = [
  ['a cut object', '{"a":'],
  ['a comma too much', '{"a":1,}'],
  ['single quotes', "{'a':1}"],
  ['two values', '{} {}'],
  ['NaN', '{"a":NaN}'],
  ['a bare word', 'hello'],
  ['a web page', '<html></html>'],
  ['a number beyond a double', '{"a":1e999}'],
  ['NUL in a text', '{"id":"a\\u0000b"}'],
  ['half a surrogate pair', '{"id":"\\ud800"}'],
  ['nesting without end', '['.repeat(50_000)],
  ['nesting of objects', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
  ['no UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])],
]

/** JSON that is no object. */
export const notAnObject: readonly [string, string][] = [
  ['null', 'null'],
  ['a list', '[]'],
  ['a text', '"x"'],
  ['a number', '5'],
  ['true', 'true'],
]

export interface Upload {
  readonly url: string
  readonly method: string
  readonly token: string
  readonly megabytes: number
  /** Without Content-Length. */
  readonly chunked: boolean
}

/** Sends a body far too large and answers the HTTP status, 0 when the connection was cut without one. */
export const upload = ({ url, method, token, megabytes, chunked }: Upload): Promise<number> =>
  new Promise((resolve) => {
    const authorization = `Token ${Buffer.from(token).toString('base64')}`
    const length = chunked ? {} : { 'content-length': String(megabytes * 1_048_576) }
    const sending = request(url, { method, headers: { authorization, ...length } })
    const chunk = Buffer.alloc(1_048_576, 0x20)
    let left = megabytes
    sending.on('response', (response) => {
      response.resume()
      left = 0
      resolve(response.statusCode ?? 0)
    })
    sending.on('error', () => resolve(0))
    sending.on('close', () => resolve(0))
    const write = (): void => {
      while (left > 0) {
        left -= 1
        if (!sending.write(chunk)) {
          sending.once('drain', write)
          return
        }
      }
      sending.end()
    }
    write()
  })

/** One request of a flood, as text on the wire. */
export const rawRequest = (
  method: string,
  url: string,
  options: { readonly token?: string; readonly body?: string } = {},
): string => {
  const { host, pathname, search } = new URL(url)
  const token =
    options.token === undefined
      ? ''
      : `authorization: Token ${Buffer.from(options.token).toString('base64')}\r\n`
  const body = options.body ?? ''
  return `${method} ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\n${token}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

/** Writes all requests at once over some sockets, pipelined, and counts the answers by HTTP and OCPI status. */
export const flood = async (
  url: string,
  requests: readonly string[],
  sockets: number,
): Promise<Record<string, number>> => {
  const { hostname, port } = new URL(url)
  const counts: Record<string, number> = {}
  const share = Math.ceil(requests.length / sockets)
  const one = (mine: readonly string[]): Promise<void> =>
    new Promise((resolve, reject) => {
      let text = ''
      let answers = 0
      const socket = connectSocket({ host: hostname, port: Number(port) }, () => socket.write(mine.join('')))
      socket.setEncoding('utf8').setTimeout(120_000, () => socket.destroy(new Error('no answer')))
      socket.on('data', (chunk: string) => {
        text += chunk
        const answer = /^HTTP\/1\.1 (\d{3})[\s\S]*?content-length: (\d+)[\s\S]*?\r\n\r\n/
        for (let found = answer.exec(text); found !== null; found = answer.exec(text)) {
          const start = found[0].length
          const bytes = Buffer.from(text.slice(start))
          const length = Number(found[2])
          if (bytes.length < length) return
          const body = bytes.subarray(0, length).toString('utf8')
          text = bytes.subarray(length).toString('utf8')
          const code = /"status_code":(\d{4})/.exec(body)?.[1] ?? 'none'
          counts[`${found[1]} ${code}`] = (counts[`${found[1]} ${code}`] ?? 0) + 1
          answers += 1
        }
        if (answers === mine.length) socket.end()
      })
      socket.on('error', reject)
      socket.on('close', () =>
        answers === mine.length ? resolve() : reject(new Error(`${answers} of ${mine.length} answers`)),
      )
    })
  await Promise.all(
    Array.from({ length: sockets }, (_, index) => one(requests.slice(index * share, (index + 1) * share))),
  )
  return counts
}
