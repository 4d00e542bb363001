import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type DocumentName,
  type JsonObject,
  type ObjectSchema,
  schemaOf,
} from '../../packages/protocol/src/index.js'
import { randomDocument } from '../../packages/protocol/src/lens/testing/random-document.js'
import { bookingLocation } from '../support/bookings.js'
import { type Connected, connect, data, quiet } from '../support/connect.js'
import type { ForeignOptions, ForeignParty, ForeignVersion } from '../support/foreign-party.js'
import { startTestNode, type TestNode } from '../support/node.js'

/**
 * Whatever valid object a partner sends, with fields nobody specified at any depth: read back in the version it came in, it is the
 * object that was sent (design 4). Every stored object of every version, through the running node.
 */
type Role = 'CPO' | 'EMSP' | 'PTP' | 'HUB'

const PARTIES: Readonly<Record<Role, { country_code: string; party_id: string }>> = {
  CPO: { country_code: 'NL', party_id: 'CPX' },
  EMSP: { country_code: 'NL', party_id: 'EMX' },
  PTP: { country_code: 'NL', party_id: 'PTX' },
  HUB: { country_code: 'NL', party_id: 'HUX' },
}
const ENDPOINTS: Readonly<Partial<Record<Role, ForeignOptions['endpoints']>>> = {
  CPO: [
    { identifier: 'tokens', role: 'RECEIVER' },
    { identifier: 'Booking', role: 'SENDER' },
    { identifier: 'invoicereconciliation', role: 'SENDER' },
  ],
  EMSP: [{ identifier: 'commands', role: 'SENDER' }],
}

/** Objects made for one document type, so that shrinking and time stay in bounds. */
const RUNS = 15

interface Trip {
  readonly document: DocumentName
  readonly by: Role
  readonly module: string
  /** POST to the module's address; PUT to the object's own one when left out. */
  readonly postTo?: string
  /** Path of the object below the module. */
  path(id: string, sent: JsonObject): string
  /** Fields that the address says too. */
  identity(id: string, owner: JsonObject): JsonObject
}

const owned = (id: string, owner: JsonObject): JsonObject => ({ ...owner, id })
const below = (id: string, { country_code, party_id }: { country_code: string; party_id: string }): string =>
  `/${country_code}/${party_id}/${id}`
const ofCpo = (id: string): string => below(id, PARTIES.CPO)
const ofEmsp = (id: string): string => below(id, PARTIES.EMSP)

const CORE: readonly Trip[] = [
  { document: 'location', by: 'CPO', module: 'locations', path: ofCpo, identity: owned },
  {
    document: 'evse',
    by: 'CPO',
    module: 'locations',
    path: (id) => ofCpo(`HOME/${id}`),
    identity: (uid) => ({ uid }),
  },
  {
    document: 'connector',
    by: 'CPO',
    module: 'locations',
    path: (id) => ofCpo(`HOME/E1/${id}`),
    identity: (id) => ({ id }),
  },
  { document: 'tariff', by: 'CPO', module: 'tariffs', path: ofCpo, identity: owned },
  { document: 'session', by: 'CPO', module: 'sessions', path: ofCpo, identity: owned },
  { document: 'cdr', by: 'CPO', module: 'cdrs', postTo: '', path: ofCpo, identity: owned },
  {
    document: 'token',
    by: 'EMSP',
    module: 'tokens',
    path: (id, { type }) => `${ofEmsp(id)}?type=${String(type)}`,
    identity: (uid, owner) => ({ ...owner, uid }),
  },
]

/** `cli-35` becomes the party Z0Z. */
const partyIn = (id: string): string =>
  `Z${Number(id.split('-')[1]).toString(36).padStart(2, '0').toUpperCase()}`

const HUB_CLIENT: Trip = {
  document: 'client_info',
  by: 'HUB',
  module: 'hubclientinfo',
  path: (id) => `/FR/${partyIn(id)}`,
  identity: (id) => ({ country_code: 'FR', party_id: partyIn(id) }),
}

const EXTENSIONS: readonly Trip[] = [
  {
    document: 'terminal',
    by: 'PTP',
    module: 'payments',
    postTo: '/terminals',
    path: (id) => `/terminals/${id}`,
    identity: (terminal_id) => ({ terminal_id }),
  },
  {
    document: 'financial_advice_confirmation',
    by: 'PTP',
    module: 'payments',
    postTo: '/financial-advice-confirmations',
    path: (id) => `/financial-advice-confirmations/${id}`,
    // Numbers of cards are masked, which is a change on purpose (PAY-036).
    identity: (id) => ({ id, eft_data: ['Girocard', 'Trace: 000001'] }),
  },
  {
    document: 'invoice_reconciliation_record',
    by: 'CPO',
    module: 'invoicereconciliation',
    postTo: '',
    path: ofCpo,
    identity: owned,
  },
  {
    document: 'booking_location',
    by: 'CPO',
    module: 'Booking',
    path: (id) => `/${PARTIES.CPO.country_code}/${PARTIES.CPO.party_id}/booking_locations/${id}`,
    identity: owned,
  },
  {
    document: 'calendar',
    by: 'CPO',
    module: 'Booking',
    path: (id) => `/${PARTIES.CPO.country_code}/${PARTIES.CPO.party_id}/booking_locations/HOME/${id}`,
    identity: (id) => ({ id }),
  },
  { document: 'booking', by: 'CPO', module: 'Booking', path: ofCpo, identity: owned },
]

const MATRIX: readonly { version: ForeignVersion; trips: readonly Trip[] }[] = [
  { version: '2.1.1', trips: CORE },
  { version: '2.2.1', trips: [...CORE, HUB_CLIENT] },
  { version: '2.3.0', trips: [...CORE, HUB_CLIENT, ...EXTENSIONS] },
]

/** 2.1.1 has times to the second (TYP-023). */
const toSeconds = (value: JsonObject): JsonObject =>
  JSON.parse(JSON.stringify(value).replace(/(T\d\d:\d\d:\d\d)\.\d{1,3}Z/g, '$1Z'))

const timesIn = (value: unknown): string[] =>
  [...JSON.stringify(value ?? null).matchAll(/"last_updated":"([^"]+)"/g)].map(([, time = '']) => time)

/** A location is as new as the newest of its EVSEs, as whoever keeps its rules sends it (LOC-070). */
const asNewAsItsParts = (location: JsonObject): JsonObject => {
  const [newest] = timesIn(location).sort((a, b) => Date.parse(b) - Date.parse(a))
  return { ...location, last_updated: newest }
}

/** In 2.3.0 a hub is no role: it says `hub_party_id` in its credentials. */
const asHub =
  (version: ForeignVersion) =>
  (party: ForeignParty): void => {
    if (version !== '2.3.0' || party.options.role !== 'HUB') return
    const plainly = party.credentials.bind(party)
    const { country_code, party_id } = party.options.party
    party.credentials = (token) => {
      const given = plainly(token) as { roles: object[] }
      const roles = given.roles.map((role) => ({ ...role, role: 'OTHER' }))
      return { ...given, roles, hub_party_id: `${country_code}${party_id}` }
    }
  }

describe.each(MATRIX)('through a running node in $version', ({ version, trips }) => {
  let node: TestNode
  const partners = new Map<Role, Connected>()
  const isOld = version === '2.1.1'
  const roles: readonly Role[] = [...new Set(trips.map(({ by }) => by))]

  const partner = (role: Role): Connected['party'] => {
    const found = partners.get(role)
    if (found === undefined) throw new Error(`no ${role}`)
    return found.party
  }
  const schema = (name: DocumentName): ObjectSchema => {
    const found = schemaOf(version, name)
    if (found?.kind !== 'object') throw new Error(`${version} has no ${name}`)
    return found
  }

  beforeAll(async () => {
    node = await startTestNode()
    const business_details = { name: 'Node' }
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details })
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details })
    for (const role of roles) {
      const endpoints = ENDPOINTS[role]
      const own = endpoints?.filter(
        ({ identifier }) => version === '2.3.0' || !/Book|invoice/.test(identifier),
      )
      const options = { version, role, party: PARTIES[role] }
      const whole = own === undefined ? options : { ...options, endpoints: own }
      partners.set(role, await connect(node, whole, asHub(version)))
    }
    // The first crawls find nothing; they have to be over before anything is pushed, or they would withdraw that.
    for (const { party } of partners.values()) await quiet(party, 1_000)
    const [home] = fc.sample(randomDocument(schema('location')), { numRuns: 1, seed: 1 })
    const [evse] = fc.sample(randomDocument(schema('evse')), { numRuns: 1, seed: 1 })
    const owner = isOld ? {} : PARTIES.CPO
    const { parking_places: _places, ...plain } = { ...home } as JsonObject
    const { parking: _parking, ...plainEvse } = { ...evse } as JsonObject
    const body = { ...plain, ...owner, id: 'HOME', evses: [{ ...plainEvse, uid: 'E1', status: 'AVAILABLE' }] }
    const cpo = partner('CPO')
    expect((await cpo.send('PUT', cpo.at('locations', 'RECEIVER', ofCpo('HOME')), { body })).http).toBe(201)
    if (!trips.some(({ document: name }) => name === 'calendar')) return
    const place = bookingLocation('HOME', { ...owner, location_id: 'HOME' })
    const url = cpo.at('Booking', 'RECEIVER', ofCpo('booking_locations/HOME'))
    expect((await cpo.send('PUT', url, { body: place })).http).toBe(201)
  }, 60_000)

  afterAll(async () => {
    for (const { party } of partners.values()) await party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it.each(trips)(
    'a $document is given back as it came, unknown fields included',
    async (trip) => {
      const { by, module, postTo, path, identity, document: name } = trip
      const from = partner(by)
      let number = 0
      await fc.assert(
        fc.asyncProperty(randomDocument(schema(name), true), async (random) => {
          number += 1
          const id = `${name.slice(0, 3)}-${number}`
          // Whose an object is may not contradict its address, also where the version has no such field.
          const { country_code: _country, party_id: _party, ...rest } = random
          const whole: JsonObject = { ...rest, ...identity(id, isOld ? {} : PARTIES[by]) }
          const newest = name === 'location' ? asNewAsItsParts(whole) : whole
          const sent = isOld ? toSeconds(newest) : newest
          const at = (rest: string) => from.at(module, 'RECEIVER', rest)
          const written =
            postTo === undefined
              ? await from.send('PUT', at(path(id, sent)), { body: sent })
              : await from.send('POST', at(postTo), { body: sent })
          expect(written.envelope, JSON.stringify(sent)).toMatchObject({ status_code: 1000 })
          const address = written.headers.get('location') ?? at(path(id, sent))
          const read = await from.send('GET', address)
          expect(data(read)).toEqual(sent)
        }),
        { numRuns: RUNS, endOnFailure: true },
      )
    },
    60_000,
  )
})
