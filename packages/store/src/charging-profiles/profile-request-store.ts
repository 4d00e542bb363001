import { type PartyId, partyOf } from '@interwatt/protocol'
import { type Database, jsonOrNull, type Statement } from '../database/index.js'
import { writeLock } from '../objects/commit-batch.js'
import type {
  Document,
  ObjectKey,
  ProfileRequest,
  ProfileRequestStore,
  ProfileTrace,
} from '../ports/index.js'
import { countRecentRequests } from '../sql/charging-profiles/count-recent-requests.js'
import { deleteOldRequests } from '../sql/charging-profiles/delete-old-requests.js'
import { insertReceivedRequest } from '../sql/charging-profiles/insert-received-request.js'
import { insertRequest } from '../sql/charging-profiles/insert-request.js'
import { selectOverdueRequests } from '../sql/charging-profiles/select-overdue-requests.js'
import { selectRequest } from '../sql/charging-profiles/select-request.js'
import { selectRequestByResponse } from '../sql/charging-profiles/select-request-by-response.js'
import { selectRequestByResponseUrl } from '../sql/charging-profiles/select-request-by-response-url.js'
import { selectRequests } from '../sql/charging-profiles/select-requests.js'
import { selectTraces } from '../sql/charging-profiles/select-traces.js'
import { updateRequest } from '../sql/charging-profiles/update-request.js'
import { insertEvents } from '../sql/events/insert-events.js'

interface RequestRow {
  id: string
  direction: ProfileRequest['direction']
  type: ProfileRequest['type']
  partner_id: string
  partner_party: string
  country_code: string
  party_id: string
  session_key: string
  session_id: string
  request: Document
  response_url: string | null
  response_token_hash: string | null
  state: ProfileRequest['state']
  response: string | null
  result: string | null
  profile: Document | null
  message: string | null
  deadline: string | null
  correlation_id: string
  created_at: string
  finished_at: string | null
}

type TraceRow = Pick<RequestRow, 'type' | 'partner_id' | 'partner_party' | 'state' | 'result'> & {
  number: number
  released: boolean
}

/** A party as one column: `DEABC`. */
export const partyText = ({ countryCode, partyId }: PartyId): string => `${countryCode}${partyId}`

/** A party read back from its column. */
export const partyFromText = (text: string): PartyId => partyOf(text.slice(0, 2), text.slice(2))

/** Key of a session from its columns. */
export const sessionFromRow = (
  row: Pick<RequestRow, 'country_code' | 'party_id' | 'session_key'>,
): ObjectKey => ({
  kind: 'session',
  countryCode: row.country_code,
  partyId: row.party_id,
  id: row.session_key,
})

/** Columns of the key of a session. */
export const sessionParams = ({ countryCode, partyId, id }: ObjectKey): readonly string[] => [
  countryCode,
  partyId,
  id,
]

const toRequest = (row: RequestRow): ProfileRequest => ({
  id: row.id,
  direction: row.direction,
  type: row.type,
  partnerId: row.partner_id,
  senderParty: partyFromText(row.partner_party),
  session: sessionFromRow(row),
  sessionId: row.session_id,
  request: row.request,
  responseUrl: row.response_url,
  responseTokenHash: row.response_token_hash,
  state: row.state,
  response: row.response,
  result: row.result,
  profile: row.profile,
  message: row.message,
  deadline: row.deadline,
  correlationId: row.correlation_id,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
})

const toTrace = (row: TraceRow): ProfileTrace => ({
  number: row.number,
  released: row.released,
  type: row.type,
  partnerId: row.partner_id,
  senderParty: partyFromText(row.partner_party),
  state: row.state,
  result: row.result,
})

const requestParams = (request: ProfileRequest): readonly unknown[] => [
  request.id,
  request.direction,
  request.type,
  request.partnerId,
  partyText(request.senderParty),
  ...sessionParams(request.session),
  request.sessionId,
  jsonOrNull(request.request),
  request.responseUrl,
  request.responseTokenHash,
  request.state,
  request.response,
  request.result,
  jsonOrNull(request.profile),
  request.message,
  request.deadline,
  request.correlationId,
  request.createdAt,
  request.finishedAt,
]

/** Requests for charging profiles in PostgreSQL. Changes are conditional on state and deadline, so that an address works once. */
export const createProfileRequestStore = (database: Database): ProfileRequestStore => {
  const many = async (statement: Statement, params: readonly unknown[]): Promise<readonly ProfileRequest[]> =>
    (await database.query<RequestRow>(statement, params)).rows.map(toRequest)
  const first = async (
    statement: Statement,
    params: readonly unknown[],
  ): Promise<ProfileRequest | undefined> => (await many(statement, params))[0]
  return {
    async insert(request, event) {
      if (event === undefined) {
        await database.query(insertRequest, requestParams(request))
        return
      }
      await database.transaction(
        async (tx) => {
          await tx.query(insertRequest, requestParams(request))
          await tx.query(insertEvents, [JSON.stringify([event]), 1, request.createdAt])
        },
        { lock: writeLock },
      )
    },
    insertReceived: (request, event, judgedBy) =>
      database.transaction(
        async (tx) => {
          const seen = Math.max(0, ...judgedBy.map(({ number }) => number))
          const { rowCount } = await tx.query(insertReceivedRequest, [...requestParams(request), seen])
          if (rowCount === 0) return false
          if (event !== undefined)
            await tx.query(insertEvents, [JSON.stringify([event]), 1, request.createdAt])
          return true
        },
        { lock: writeLock },
      ),
    get: (id) => first(selectRequest, [id]),
    findByResponseToken: (hash) => first(selectRequestByResponse, [hash]),
    update: (id, { from, aliveAt, set }) =>
      first(updateRequest, [
        id,
        [...from],
        aliveAt ?? null,
        set.state ?? null,
        set.response ?? null,
        set.result ?? null,
        jsonOrNull(set.profile),
        set.message ?? null,
        set.deadline ?? null,
        set.finishedAt ?? null,
      ]),
    list: ({ state, direction, after, limit }) =>
      many(selectRequests, [state ?? null, direction ?? null, after ?? null, limit]),
    prune: async (before) => (await database.query(deleteOldRequests, [before])).rowCount,
    overdue: (now, limit) => many(selectOverdueRequests, [now, limit]),
    receivedAt: (partnerId, responseUrl, since) =>
      first(selectRequestByResponseUrl, [partnerId, responseUrl, since]),
    async traces(session) {
      const { rows } = await database.query<TraceRow>(selectTraces, sessionParams(session))
      return rows.map(toTrace)
    },
    async countSince(session, partnerId, senderParty, since) {
      const params = [...sessionParams(session), partnerId, partyText(senderParty), since]
      const { rows } = await database.query<{ count: number }>(countRecentRequests, params)
      return rows[0]?.count ?? 0
    },
  }
}
