import { createOcpiClient, type OcpiClient } from '@interwatt/client'
import { changedFieldsBetween, type PartyId, type VersionId } from '@interwatt/protocol'
import {
  cdrKey,
  createObjectStore,
  createPartnerStore,
  createSyncStore,
  type Database,
  type Document,
  evseKey,
  locationKey,
  type NodeEvent,
  type ObjectKey,
  type ObjectStore,
  type Partner,
  type PartnerStore,
  type SyncStore,
  sessionKey,
  tariffKey,
  tokenKey,
} from '@interwatt/store'
import { testDatabase } from '@interwatt/store/testing'
import type { PulledItem, Sync, SyncLimits } from '../ports.js'
import { keyOfItem } from '../pull/item-key.js'
import { createSync } from '../sync.js'
import { StubPartner } from './stub-partner.js'

export const cpo: PartyId = { countryCode: 'DE', partyId: 'IWC' }
export const emsp: PartyId = { countryCode: 'DE', partyId: 'IWE' }

/** Keys of own objects. */
export const keys = {
  location: (id: string) => locationKey(cpo, id),
  evse: (id: string, uid: string) => evseKey(cpo, id, uid),
  tariff: (id: string) => tariffKey(cpo, id),
  token: (uid: string, type = 'RFID') => tokenKey(emsp, uid, type),
  session: (id: string) => sessionKey(cpo, id),
  cdr: (id: string) => cdrKey(cpo, id),
}

/** Short times, so that a test of an outage takes seconds. */
export const quickLimits: Partial<SyncLimits> = {
  requestTimeoutMs: 5_000,
  pageTimeoutMs: 5_000,
  pageSize: 2,
  leaseMs: 1_500,
  pollMs: 50,
  stopMs: 1_000,
  backoff: { firstMs: 50, longestMs: 200 },
}

/** A node reduced to delivery: real stores, the real client, and a log of what it reported. */
export interface TestNode {
  readonly sync: Sync
  readonly objects: ObjectStore
  readonly store: SyncStore
  readonly partners: PartnerStore
  readonly client: OcpiClient
  readonly events: NodeEvent[]
  readonly retired: ObjectKey[]
  close(): Promise<void>
}

export const testNode = (
  database: Database,
  options: { readonly limits?: Partial<SyncLimits>; readonly clock?: () => number } = {},
): TestNode => {
  const objects = createObjectStore(database)
  const store = createSyncStore(database)
  const partners = createPartnerStore(database)
  const client = createOcpiClient({ allowPrivateAddresses: true })
  const events: NodeEvent[] = []
  const retired: ObjectKey[] = []
  const sync = createSync({
    objects,
    sync: store,
    partners,
    client,
    openPartner: ({ id, version, endpoints, outboundToken }) =>
      version === null || outboundToken === null
        ? undefined
        : { id, version, endpoints, token: outboundToken, tokenEncoding: 'base64' },
    hostedParties: async () => [
      { party: cpo, roles: ['CPO'], businessDetails: { name: 'Ours' } },
      { party: emsp, roles: ['EMSP'], businessDetails: { name: 'Ours' } },
    ],
    factsOfPulled: async () => ({}),
    applyPulled: (partner, name, items) => applyPulled(objects, partner, { name, items }),
    async retire(partner, gone) {
      retired.push(...gone)
      for (const key of gone) await remove(objects, key, partner.id)
    },
    clock: options.clock ?? Date.now,
    random: Math.random,
    log: () => {},
    onEvent: (event) => events.push(event),
    onFindings: () => {},
    limits: { ...quickLimits, ...options.limits },
  })
  const close = async (): Promise<void> => {
    await sync.stop()
    await client.close()
  }
  return { sync, objects, store, partners, client, events, retired, close }
}

/** A node over a database of its own, and a partner that is not registered yet. */
export interface NodeAndPartner {
  readonly node: TestNode
  readonly stub: StubPartner
  close(): Promise<void>
}

/** Opens a node and a partner for one test. */
export const openNodeAndPartner = async (
  options: Parameters<typeof testNode>[1] = {},
): Promise<NodeAndPartner> => {
  const fresh = await testDatabase()
  const node = testNode(fresh.database, options)
  const stub = new StubPartner()
  await stub.start()
  const close = async (): Promise<void> => {
    await node.close()
    await stub.stop()
    await fresh.drop()
  }
  return { node, stub, close }
}

const modules = ['locations', 'tariffs', 'tokens', 'sessions', 'cdrs']

/** Registers a stub as a partner that offers the receiving side of every module, unless told otherwise. */
export const register = async (
  node: TestNode,
  stub: StubPartner,
  fields: Partial<Partner> & { readonly id: string; readonly party?: string; readonly role?: string },
): Promise<Partner> => {
  const { party = 'EXA', role = 'EMSP', ...rest } = fields
  const partner: Partner = {
    name: rest.id,
    status: 'REGISTERED',
    version: '2.3.0' satisfies VersionId,
    versionsUrl: `${stub.url}/versions`,
    endpoints: modules.map((module) => ({ module, side: 'RECEIVER', url: `${stub.url}/${module}` })),
    roles: [{ role, party: { countryCode: 'NL', partyId: party }, businessDetails: null }],
    hubParty: null,
    outboundToken: `token-of-${rest.id}`,
    tokenEncoding: 'base64',
    statusReason: null,
    unlockAllowed: true,
    profilesAllowed: false,
    createdAt: '2026-01-01T00:00:00.000Z',
    registeredAt: '2026-01-01T00:00:00.000Z',
    ...rest,
  }
  await node.partners.create(partner, [])
  return partner
}

/** Endpoints of a stub that is pulled from. */
export const senderEndpoints = (stub: StubPartner, ...offered: readonly string[]): Partner['endpoints'] =>
  offered.map((module) => ({ module, side: 'SENDER', url: `${stub.url}/sender/${module}` }))

/** Writes an own object, as the platform does: changed fields against what is stored. */
export const put = async (
  objects: ObjectStore,
  key: ObjectKey,
  document: Document,
  receivedFrom: string | null = null,
): Promise<boolean> => {
  const { changed } = await objects.write({
    reads: [key],
    plan: (read) => {
      const before = read.get(key)
      const changedFields =
        before === undefined || before.deletedAt !== null
          ? null
          : changedFieldsBetween(before.document, document)
      const lastUpdated = String(document.last_updated)
      const upsert = { key, document, lastUpdated, versionIn: '2.3.0' as const, unmapped: null }
      return { upserts: [{ ...upsert, receivedFrom, changedFields }], result: null }
    },
  })
  return changed.length > 0
}

/** Changes some fields of an own object. */
export const change = async (objects: ObjectStore, key: ObjectKey, fields: Document): Promise<void> => {
  const before = await objects.get(key)
  await put(objects, key, { ...before?.document, ...fields })
}

/** Writes a tombstone. */
export const remove = async (
  objects: ObjectStore,
  key: ObjectKey,
  receivedFrom: string | null = null,
): Promise<void> => {
  await objects.write({
    reads: [key],
    plan: (read) => {
      const before = read.get(key)
      if (before === undefined) return { upserts: [], result: null }
      const upsert = { ...before, receivedFrom, changedFields: null, deleted: true }
      return { upserts: [upsert], result: null }
    },
  })
}

const applyPulled = async (
  objects: ObjectStore,
  partner: Partner,
  page: { readonly name: string; readonly items: readonly PulledItem[] },
): Promise<{ readonly changed: number }> => {
  let changed = 0
  const module = `${page.name}s` as Parameters<typeof keyOfItem>[0]
  for (const { document, owner } of page.items) {
    const key = keyOfItem(module, document, { partnerId: 'partner', owner })
    if (key !== undefined && (await put(objects, key, document, partner.id))) changed += 1
  }
  return { changed }
}

/** Waits until a condition holds; the message tells what was awaited. Generous, since machines differ. */
export const until = async (
  what: string,
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 15_000,
): Promise<void> => {
  const endMs = Date.now() + timeoutMs
  while (!(await holds())) {
    if (Date.now() > endMs) throw new Error(`timed out waiting until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Waits until nothing is left to push to a partner. */
export const untilSynced = (node: TestNode, partnerId: string): Promise<void> =>
  until(`${partnerId} is in sync`, async () => {
    const { backlog } = await node.sync.status(partnerId)
    return Object.values(backlog).every((count) => count === 0)
  })
