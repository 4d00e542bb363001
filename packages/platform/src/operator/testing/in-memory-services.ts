import { randomUUID } from 'node:crypto'
import type {
  ActiveProfile,
  Command,
  Document,
  HostedParty,
  ObjectKey,
  PageQuery,
  ProfileRequest,
  StoredObject,
} from '@interwatt/store'
import { DEFAULT_PRICING } from '../../cdr-checks/review.rules.js'
import type {
  AuthorizationRule,
  NodeServices,
  PartnerView,
  Problem,
  Result,
  ShownObject,
} from '../../services.js'

import { bookingOrder } from './booking-order.js'
import { checksInMemory } from './in-memory-checks.js'
import { driversInMemory } from './in-memory-drivers.js'
import { healthInMemory } from './in-memory-health.js'
import { pricesInMemory } from './in-memory-prices.js'
import { stationsInMemory } from './in-memory-stations.js'

const AT = '2026-03-01T10:00:00.000Z'

const done = <T>(value: T): Result<T> => ({ kind: 'done', value })
const refused = (status: number, title: string, detail: string): Problem => ({
  kind: 'problem',
  status,
  title,
  detail,
})

const nameOf = (key: ObjectKey): string => [key.kind, key.countryCode, key.partyId, key.id].join(' ')

const isDocument = (value: unknown): value is Document => typeof value === 'object' && value !== null

/** What the routes asked of the services, for assertions. */
export interface ServiceRecord {
  readonly pages: PageQuery[]
  readonly sent: { type: string; body: unknown }[]
  readonly decided: unknown[]
  readonly rules: { token: ObjectKey; rule: AuthorizationRule | null }[]
  readonly actions: string[]
}

const partnerView = (name: string): PartnerView => ({
  partner: {
    id: randomUUID(),
    name,
    status: 'REGISTERED',
    version: '2.2.1',
    versionsUrl: 'https://partner.example/ocpi/versions',
    endpoints: [{ module: 'locations', side: 'SENDER', url: 'https://partner.example/ocpi/2.2.1/locations' }],
    roles: [{ role: 'CPO', party: { countryCode: 'NL', partyId: 'PAR' }, businessDetails: { name } }],
    hubParty: null,
    tokenEncoding: 'base64',
    statusReason: null,
    unlockAllowed: false,
    profilesAllowed: false,
    createdAt: AT,
    registeredAt: AT,
  },
  sync: undefined,
  backlog: { locations: 3 },
  refusals: 1,
})

/** A node that recorded nothing. */
const silentConversation = (): NodeServices['conversation'] => ({
  list: async () => ({ messages: [], gaps: [] }),
  get: async () => undefined,
  correlation: async () => [],
  story: async () => undefined,
  commandStory: async () => undefined,
  why: async () => undefined,
  replay: async () => refused(404, 'No such message', 'The message is not known here.'),
  recording: () => ({
    enabled: true,
    waiting: 0,
    dropped: { queue: 0, database: 0, space: 0, strangers: 0, error: 0 },
  }),
  since: async () => [],
  newest: async () => 0,
  onStored: () => () => undefined,
})

/** Charging profiles of a node whose CPO accepts everything. */
const profilesInMemory = (): NodeServices['chargingProfiles'] => {
  const requests = new Map<string, ProfileRequest>()
  const actives = new Map<string, ActiveProfile>()
  const send = (type: ProfileRequest['type'], session: ObjectKey, request: Document) => {
    const sent: ProfileRequest = {
      id: randomUUID(),
      direction: 'sent',
      type,
      partnerId: 'p1',
      senderParty: { countryCode: 'DE', partyId: 'IWE' },
      session,
      sessionId: session.id,
      request,
      responseUrl: 'https://node.example/secret-part',
      responseTokenHash: 'secret-hash',
      state: 'ACCEPTED',
      response: 'ACCEPTED',
      result: null,
      profile: null,
      message: null,
      deadline: AT,
      correlationId: randomUUID(),
      createdAt: AT,
      finishedAt: null,
    }
    requests.set(sent.id, sent)
    return done(sent)
  }
  const report = (session: ObjectKey, profile: Document) => {
    const active = { session, sessionId: session.id, partnerId: null, profile, startAt: AT, updatedAt: AT }
    actives.set(nameOf(session), active)
    return done({ changed: true, told: 1 })
  }
  return {
    set: async (session, profile) => send('SET', session, { charging_profile: profile }),
    clear: async (session) => send('CLEAR', session, {}),
    read: async (session, duration) => send('READ', session, { duration }),
    get: async (id) => requests.get(id),
    list: async ({ limit }) => [...requests.values()].slice(0, limit),
    async finish(id, { result }) {
      const request = requests.get(id)
      if (request === undefined) return refused(404, 'No such request', 'There is no such request.')
      return done({ ...request, state: 'DONE', result, finishedAt: AT })
    },
    active: async (session) => actives.get(nameOf(session)),
    report: async (session, profile) => report(session, isDocument(profile) ? profile : {}),
    release: async (session) => report(session, {}),
  }
}

/** A node whose services live in memory: the routes are the subject, not what is behind them. */
export const inMemoryServices = (): NodeServices & { readonly record: ServiceRecord } => {
  const record: ServiceRecord = { pages: [], sent: [], decided: [], rules: [], actions: [] }
  const parties = new Map<string, HostedParty>()
  const partners = new Map<string, PartnerView>()
  const objects = new Map<string, StoredObject>()
  const commands = new Map<string, Command>()
  let seq = 0

  const store = (key: ObjectKey, document: Document, deletedAt: string | null = null) => {
    const before = objects.get(nameOf(key))
    seq += 1
    const object: StoredObject = {
      key,
      document,
      lastUpdated: AT,
      versionIn: '2.3.0',
      unmapped: null,
      receivedFrom: null,
      createdSeq: before?.createdSeq ?? seq,
      changedSeq: seq,
      previousSeq: before?.changedSeq ?? 0,
      changedFields: null,
      deletedAt,
    }
    objects.set(nameOf(key), object)
    return { created: before === undefined, object, findings: [] }
  }
  const shown = (object: StoredObject): ShownObject => ({
    object,
    version: '2.3.0',
    document: object.document,
    withheld: null,
    losses: [],
  })
  const onPartner = (id: string, action: string): Result<PartnerView> => {
    const view = partners.get(id)
    record.actions.push(`${action} ${id}`)
    return view === undefined
      ? refused(404, 'No such partner', 'There is no partner of this id.')
      : done(view)
  }
  const invitation = (id: string) =>
    done({
      id,
      token_a: 'the-token-a',
      versions_url: 'https://node.example/ocpi/versions',
      cpo_versions_url: 'https://node.example/ocpi/cpo/versions',
      emsp_versions_url: 'https://node.example/ocpi/emsp/versions',
    })
  const write = (key: ObjectKey, body: unknown) => {
    if (!isDocument(body)) return refused(400, 'Not an object', 'The body is a JSON object.')
    if (body.currency === 'euro') {
      return {
        ...refused(422, 'The document is not valid', '/currency is too long'),
        findings: [
          {
            pointer: '/currency',
            code: 'too_long' as const,
            message: 'too long',
            rule: 'TAR-086',
            severity: 'error' as const,
          },
        ],
      }
    }
    return done(store(key, body))
  }

  return {
    record,
    parties: {
      async put(party) {
        parties.set(`${party.party.countryCode}${party.party.partyId}`, party)
        return done(party)
      },
      list: async () => [...parties.values()],
      findings: async () => [],
    },
    partners: {
      invite: async () => invitation(randomUUID()),
      async register({ name, versionsUrl }) {
        if (versionsUrl.includes('down')) return refused(502, 'The partner does not answer', 'No connection.')
        const view = partnerView(name)
        partners.set(view.partner.id, view)
        return done(view)
      },
      async reinvite(id) {
        const known = onPartner(id, 'reinvite')
        return known.kind === 'problem' ? known : invitation(id)
      },
      list: async () => [...partners.values()],
      get: async (id) => partners.get(id),
      async update(id, change) {
        const known = partners.get(id)
        if (known === undefined) return onPartner(id, 'update')
        const view = { ...known, partner: { ...known.partner, ...change } }
        partners.set(id, view)
        return done(view)
      },
      rotate: async (id) => onPartner(id, 'rotate'),
      suspend: async (id) => onPartner(id, 'suspend'),
      resume: async (id) => onPartner(id, 'resume'),
      resync: async (id) => onPartner(id, 'resync'),
      async remove(id) {
        const known = onPartner(id, 'remove')
        partners.delete(id)
        return known.kind === 'problem' ? known : done({ told: true })
      },
      losses: async () => done({ sent: [], received: [] }),
      profile: async () => done({ detected: [], profile: { accepts: {}, sends: {} } }),
      setProfile: async (_id, profile) => done({ detected: [], profile }),
      pricing: async () => done(DEFAULT_PRICING),
      setPricing: async (_id, pricing) => done(pricing),
      findings: async () => [],
      refusals: async (id) => [
        {
          partnerId: id,
          key: { kind: 'tariff', countryCode: 'DE', partyId: 'IWC', id: 'T1' },
          seq: 7,
          httpStatus: 200,
          statusCode: 2001,
          message: 'no such currency',
          at: AT,
        },
      ],
    },
    objects: {
      put: async (key, body) => write(key, body),
      async patch(key, body) {
        const before = objects.get(nameOf(key))
        if (before === undefined) return refused(404, 'Unknown object', 'There is nothing to change.')
        return write(key, { ...before.document, ...(isDocument(body) ? body : {}) })
      },
      async remove(key) {
        const before = objects.get(nameOf(key))
        if (before === undefined) return refused(404, 'Unknown object', 'There is nothing to remove.')
        return done(store(key, before.document, AT))
      },
      putConnector: async (key, _id, body) => write(key, { uid: key.id, connectors: [body] }),
      patchConnector: async (key, _id, body) => write(key, { uid: key.id, connectors: [body] }),
      async get(key) {
        const object = objects.get(nameOf(key))
        return object && done(shown(object))
      },
      async page(query) {
        record.pages.push(query)
        const from = Number(query.after ?? 0)
        const all = [...objects.values()].filter(({ key }) => key.kind === query.kind)
        const rows = all.slice(from, from + query.limit)
        const texts = rows.map(({ document }) => JSON.stringify(document))
        const items = rows.map(({ key, versionIn, unmapped, receivedFrom }, index) => ({
          key,
          text: texts[index] ?? '',
          versionIn,
          unmapped,
          receivedFrom,
        }))
        const end = from + rows.length
        return { page: { items, total: all.length, next: end < all.length ? String(end) : undefined }, texts }
      },
      tariffStates: async () => [],
      tariffAt: async () => undefined,
      setChargingPreferences: async () => done({ response: 'ACCEPTED' }),
      async putMany(kind, party, bodies) {
        const refusals = bodies.flatMap((body, index) =>
          isDocument(body) && typeof body.id === 'string'
            ? []
            : [
                {
                  index,
                  findings: [
                    {
                      pointer: '/id',
                      code: 'missing' as const,
                      message: 'id is missing',
                      rule: 'x',
                      severity: 'error' as const,
                    },
                  ],
                },
              ],
        )
        for (const body of bodies) {
          if (isDocument(body) && typeof body.id === 'string') store({ kind, ...party, id: body.id }, body)
        }
        return { created: bodies.length - refusals.length, updated: 0, unchanged: 0, refused: refusals }
      },
    },
    commands: {
      async send(type, body) {
        record.sent.push({ type, body })
        const command: Command = {
          id: randomUUID(),
          direction: 'sent',
          type,
          partnerId: 'p1',
          party: { countryCode: 'NL', partyId: 'PAR' },
          request: { location_id: 'LOC1', response_url: 'https://node.example/secret-part' },
          responseUrl: 'https://node.example/secret-part',
          responseTokenHash: 'secret-hash',
          state: 'ACCEPTED',
          response: 'ACCEPTED',
          result: null,
          message: null,
          deadline: AT,
          sessionId: null,
          correlationId: randomUUID(),
          createdAt: AT,
          finishedAt: null,
        }
        commands.set(command.id, command)
        return done(command)
      },
      get: async (id) => commands.get(id),
      list: async ({ limit }) => [...commands.values()].slice(0, limit),
      async finish(id, { result }) {
        const command = commands.get(id)
        if (command === undefined) return refused(404, 'No such command', 'There is no such command.')
        const finished: Command = { ...command, state: 'DONE', result, finishedAt: AT }
        commands.set(id, finished)
        return done(finished)
      },
    },
    chargingProfiles: profilesInMemory(),
    conversation: silentConversation(),
    stations: stationsInMemory(),
    ...driversInMemory(),
    ...healthInMemory((id) => partners.has(id)),
    terminals: {
      propose: async (key, _form, body) => write(key, body),
      deactivate: async () => refused(404, 'No such terminal', 'No provider has sent this terminal.'),
      activate: async () => refused(404, 'No payment terminal provider', 'No partner offers terminals.'),
    },
    payments: { byReference: async () => undefined, of: async () => undefined },
    invoices: {
      reconciliation: async () => undefined,
      uninvoiced: async () => ({ items: [], totals: [] }),
    },
    cdrChecks: checksInMemory((key) => objects.get(nameOf(key))),
    prices: pricesInMemory((key) => objects.get(nameOf(key))),
    authorizations: {
      async decide(input) {
        record.decided.push(input)
        return done({
          id: 'd1',
          allowed: 'ALLOWED',
          reason: 'whitelist_always',
          explanation: 'The token is on the whitelist.',
          authMethod: 'WHITELIST',
          token: { uid: input.tokenUid },
          authorizationReference: null,
          location: undefined,
          info: undefined,
          partnerId: null,
          durationMs: 2,
        })
      },
      list: async () => [],
      rule: async ({ id }) => record.rules.findLast(({ token }) => token.id === id)?.rule ?? undefined,
      async setRule(token, rule) {
        record.rules.push({ token, rule })
        return done(null)
      },
    },
    bookings: {
      request: async () => done({ order: bookingOrder(), booking: null }),
      change: async () => done({ order: bookingOrder(), booking: null }),
      decide: async () => refused(409, 'Nothing to decide', 'No request for this booking is PENDING.'),
      assign: async () => refused(404, 'No such own booking', 'There is no such booking.'),
      cancel: async () => done({ order: bookingOrder(), booking: null }),
      order: async () => undefined,
      orders: async () => [bookingOrder()],
    },
  }
}
