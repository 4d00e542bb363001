import type { ModuleId } from '@interwatt/protocol'
import type { Database } from '../database/index.js'
import { type ObjectRow, rowKey, rowObject } from '../objects/object-row.js'
import type { ObjectKey } from '../ports/objects.js'
import type { CdrDelivery, PullState, Refusal, SyncStore } from '../ports/sync.js'
import { answerPull } from '../sql/sync/answer-pull.js'
import { askPulls } from '../sql/sync/ask-pulls.js'
import { countChanges } from '../sql/sync/count-changes.js'
import { deleteCdrDeliveries } from '../sql/sync/delete-cdr-deliveries.js'
import { deleteRefusal } from '../sql/sync/delete-refusal.js'
import { deleteSeen } from '../sql/sync/delete-seen.js'
import { ensurePartners } from '../sql/sync/ensure-partners.js'
import { forgetPartner } from '../sql/sync/forget-partner.js'
import { insertSeen } from '../sql/sync/insert-seen.js'
import { leasePartner } from '../sql/sync/lease-partner.js'
import { moveClock } from '../sql/sync/move-clock.js'
import { moveCursor } from '../sql/sync/move-cursor.js'
import { recordOutage } from '../sql/sync/record-outage.js'
import { recordSuccess } from '../sql/sync/record-success.js'
import { releaseLease } from '../sql/sync/release-lease.js'
import { renewLease } from '../sql/sync/renew-lease.js'
import { resetPartner } from '../sql/sync/reset-partner.js'
import { selectCdrDeliveries } from '../sql/sync/select-cdr-deliveries.js'
import { selectEvsesChoosing } from '../sql/sync/select-evses-choosing.js'
import { selectEvsesOf } from '../sql/sync/select-evses-of.js'
import { selectNewestSeq } from '../sql/sync/select-newest-seq.js'
import { selectPartner } from '../sql/sync/select-partner.js'
import { selectPull } from '../sql/sync/select-pull.js'
import { selectRefusals } from '../sql/sync/select-refusals.js'
import { selectTurningTariffs } from '../sql/sync/select-turning-tariffs.js'
import { selectUnseen } from '../sql/sync/select-unseen.js'
import { upsertCdrDeliveries } from '../sql/sync/upsert-cdr-deliveries.js'
import { upsertPull } from '../sql/sync/upsert-pull.js'
import { upsertRefusal } from '../sql/sync/upsert-refusal.js'
import { wakePartner } from '../sql/sync/wake-partner.js'
import {
  columnsOf,
  type DeliveryRow,
  deliveryOf,
  type KeyRow,
  type PartnerRow,
  type PullRow,
  partnerOf,
  pullOf,
  type RefusalRow,
  refusalOf,
} from './rows.js'

/** Delivery state in PostgreSQL. Statements throw `StoreUnavailable` when the database cannot answer. */
export const createSyncStore = (database: Database): SyncStore => ({
  ...leases(database),
  ...progress(database),
  ...refusals(database),
  ...cdrDeliveries(database),
  ...pulls(database),
  async evsesOf(locations) {
    if (locations.length === 0) return []
    const { countries, parties, ids } = columnsOf(locations)
    const { rows } = await database.query<ObjectRow>(selectEvsesOf, [countries, parties, ids])
    return rows.map(rowObject)
  },
  async newestSeq(kinds) {
    const { rows } = await database.query<{ seq: number }>(selectNewestSeq, [kinds])
    return rows[0]?.seq ?? 0
  },
  async countChanges({ after, kinds, limit }) {
    const { rows } = await database.query<{ changes: number }>(countChanges, [after, kinds, limit])
    return rows[0]?.changes ?? 0
  },
})

type Part<K extends keyof SyncStore> = Pick<SyncStore, K>

const leases = (database: Database): Part<'lease' | 'renew' | 'release' | 'wake'> => ({
  async lease(workerId, leaseMs, now) {
    const { rows } = await database.query<PartnerRow>(leasePartner, [workerId, leaseMs, now])
    return rows[0] && partnerOf(rows[0])
  },
  async renew(workerId, partnerId, leaseMs, now) {
    const { rowCount } = await database.query(renewLease, [workerId, partnerId, leaseMs, now])
    return rowCount > 0
  },
  async release(workerId, partnerId) {
    await database.query(releaseLease, [workerId, partnerId])
  },
  async wake(partnerId) {
    await database.query(wakePartner, [partnerId])
  },
})

type Progress =
  | 'ensure'
  | 'ensureMany'
  | 'get'
  | 'moveCursor'
  | 'moveClock'
  | 'tariffsTurning'
  | 'evsesChoosing'
  | 'recordOutage'
  | 'recordSuccess'
  | 'reset'
  | 'forget'

const dayMs = 86_400_000

const progress = (database: Database): Part<Progress> => ({
  async ensure(partnerId) {
    await database.query(ensurePartners, [[partnerId]])
  },
  async ensureMany(partnerIds) {
    if (partnerIds.length > 0) await database.query(ensurePartners, [partnerIds])
  },
  async get(partnerId) {
    const { rows } = await database.query<PartnerRow>(selectPartner, [partnerId])
    return rows[0] && partnerOf(rows[0])
  },
  async moveCursor(partnerId: string, module: ModuleId, seq: number, from?: number) {
    const { rowCount } = await database.query(moveCursor, [partnerId, module, seq, from ?? null])
    return rowCount > 0
  },
  async moveClock(partnerId, module, at) {
    await database.query(moveClock, [partnerId, module, at])
  },
  async evsesChoosing(tariffs) {
    const { countries, parties, ids } = columnsOf(tariffs)
    const { rows } = await database.query<ObjectRow>(selectEvsesChoosing, [countries, parties, ids])
    return rows.map(rowObject)
  },
  async tariffsTurning(fromMs, untilMs) {
    // Times may be written with an offset: then the day in the text is that of the day before or after.
    const days = [fromMs - dayMs, untilMs + dayMs].map((ms) => new Date(ms).toISOString().slice(0, 10))
    const { rows } = await database.query<ObjectRow>(selectTurningTariffs, days)
    return rows.map(rowObject)
  },
  async recordOutage(partnerId, error, retryAt) {
    await database.query(recordOutage, [partnerId, error, retryAt])
  },
  async recordSuccess(partnerId, at) {
    await database.query(recordSuccess, [partnerId, at])
  },
  async reset(partnerId) {
    await database.query(resetPartner, [partnerId])
  },
  async forget(partnerId) {
    await database.query(forgetPartner, [partnerId])
  },
})

const keyParams = (key: ObjectKey) => [key.kind, key.countryCode, key.partyId, key.id] as const

const refusals = (database: Database): Part<'recordRefusal' | 'clearRefusal' | 'refusals'> => ({
  async recordRefusal({ partnerId, key, seq, httpStatus, statusCode, message, at }: Refusal) {
    const params = [partnerId, ...keyParams(key), seq, httpStatus, statusCode, message, at]
    await database.query(upsertRefusal, params)
  },
  async clearRefusal(partnerId, key) {
    await database.query(deleteRefusal, [partnerId, ...keyParams(key)])
  },
  async refusals({ partnerId, limit }) {
    const { rows } = await database.query<RefusalRow>(selectRefusals, [partnerId ?? null, limit])
    return rows.map(refusalOf)
  },
})

type Cdrs = 'cdrDelivery' | 'putCdrDelivery' | 'cdrDeliveries' | 'putCdrDeliveries' | 'dropCdrDeliveries'

const cdrDeliveries = (database: Database): Part<Cdrs> => {
  const find = async (partnerId: string, keys: readonly ObjectKey[]): Promise<readonly CdrDelivery[]> => {
    if (keys.length === 0) return []
    const { countries, parties, ids } = columnsOf(keys)
    const { rows } = await database.query<DeliveryRow>(selectCdrDeliveries, [
      partnerId,
      countries,
      parties,
      ids,
    ])
    return rows.map(deliveryOf)
  }
  const put = async (deliveries: readonly CdrDelivery[]): Promise<void> => {
    if (deliveries.length === 0) return
    const { countries, parties, ids } = columnsOf(deliveries.map((delivery) => delivery.key))
    const partners = deliveries.map((delivery) => delivery.partnerId)
    const states = deliveries.map((delivery) => delivery.state)
    const urls = deliveries.map((delivery) => delivery.locationUrl)
    await database.query(upsertCdrDeliveries, [partners, countries, parties, ids, states, urls])
  }
  return {
    cdrDelivery: async (partnerId, key) => (await find(partnerId, [key]))[0],
    putCdrDelivery: (delivery) => put([delivery]),
    cdrDeliveries: find,
    putCdrDeliveries: put,
    async dropCdrDeliveries(partnerId, keys) {
      if (keys.length === 0) return
      const { countries, parties, ids } = columnsOf(keys)
      await database.query(deleteCdrDeliveries, [partnerId, countries, parties, ids])
    },
  }
}

type Pulls = 'pull' | 'putPull' | 'askPull' | 'answerPull' | 'markSeen' | 'unseen' | 'forgetCrawl'

const pulls = (database: Database): Part<Pulls> => ({
  async pull(partnerId, module) {
    const { rows } = await database.query<PullRow>(selectPull, [partnerId, module])
    return rows[0] && pullOf(rows[0])
  },
  async putPull(state: PullState) {
    await database.query(upsertPull, [
      state.partnerId,
      state.module,
      state.crawl && JSON.stringify(state.crawl),
      state.watermark,
      state.lastFullAt,
      state.lastDeltaAt,
      state.dueAt,
      state.lastError,
      state.failures,
    ])
  },
  async askPull(partnerId, modules, { id, since }) {
    await database.query(askPulls, [partnerId, modules, id, since])
  },
  async answerPull(partnerId, module, id) {
    await database.query(answerPull, [partnerId, module, id])
  },
  async markSeen(crawlId, keys) {
    if (keys.length === 0) return
    const { kinds, countries, parties, ids } = columnsOf(keys)
    await database.query(insertSeen, [crawlId, kinds, countries, parties, ids])
  },
  async unseen({ crawlId, partnerId, kinds, beforeSeq, limit }) {
    const { rows } = await database.query<KeyRow>(selectUnseen, [crawlId, partnerId, kinds, beforeSeq, limit])
    return rows.map(rowKey)
  },
  async forgetCrawl(crawlId) {
    await database.query(deleteSeen, [crawlId])
  },
})
