import { type Database, jsonOrNull, type Statement } from '../database/index.js'
import { writeLock } from '../objects/commit-batch.js'
import type { Command, CommandStore } from '../ports/index.js'
import { deleteOldCommands } from '../sql/commands/delete-old-commands.js'
import { insertCommand } from '../sql/commands/insert-command.js'
import { insertReceivedCommand } from '../sql/commands/insert-received-command.js'
import { selectAwaitingByReference } from '../sql/commands/select-awaiting-by-reference.js'
import { selectAwaitingByToken } from '../sql/commands/select-awaiting-by-token.js'
import { selectByResponseUrl } from '../sql/commands/select-by-response-url.js'
import { selectCommand } from '../sql/commands/select-command.js'
import { selectCommandByResponse } from '../sql/commands/select-command-by-response.js'
import { selectCommands } from '../sql/commands/select-commands.js'
import { selectOverdue } from '../sql/commands/select-overdue.js'
import { selectRecentByToken } from '../sql/commands/select-recent-by-token.js'
import { selectReservation } from '../sql/commands/select-reservation.js'
import { selectSentByReference } from '../sql/commands/select-sent-by-reference.js'
import { updateCommand } from '../sql/commands/update-command.js'
import { insertEvents } from '../sql/events/insert-events.js'
import { type CommandRow, toCommand } from './command-row.js'

const commandParams = (command: Command): readonly unknown[] => [
  command.id,
  command.direction,
  command.type,
  command.partnerId,
  jsonOrNull(command.party),
  jsonOrNull(command.request),
  command.responseUrl,
  command.responseTokenHash,
  command.state,
  command.response,
  command.result,
  jsonOrNull(command.message),
  command.deadline,
  command.sessionId,
  command.correlationId,
  command.createdAt,
  command.finishedAt,
  jsonOrNull(command.partnerParty),
]

/** Commands in PostgreSQL. Changes are conditional on the state, so that two results never both win. */
export const createCommandStore = (database: Database): CommandStore => {
  const many = async (statement: Statement, params: readonly unknown[]): Promise<readonly Command[]> =>
    (await database.query<CommandRow>(statement, params)).rows.map(toCommand)
  const first = async (statement: Statement, params: readonly unknown[]): Promise<Command | undefined> =>
    (await many(statement, params))[0]
  return {
    async insert(command) {
      await database.query(insertCommand, commandParams(command))
    },
    insertReceived: (command, event, since) =>
      database.transaction(
        async (tx) => {
          const { rowCount } = await tx.query(insertReceivedCommand, [...commandParams(command), since])
          if (rowCount === 0) return false
          await tx.query(insertEvents, [JSON.stringify([event]), 1, command.createdAt])
          return true
        },
        { lock: writeLock },
      ),
    get: (id) => first(selectCommand, [id]),
    findByResponseToken: (hash) => first(selectCommandByResponse, [hash]),
    update: (id, from, change) =>
      first(updateCommand, [
        id,
        [...from],
        change.state ?? null,
        change.response ?? null,
        change.result ?? null,
        jsonOrNull(change.message),
        change.deadline ?? null,
        change.sessionId ?? null,
        change.finishedAt ?? null,
      ]),
    list: ({ state, direction, after, limit }) =>
      many(selectCommands, [state ?? null, direction ?? null, after ?? null, limit]),
    prune: async (before) => (await database.query(deleteOldCommands, [before])).rowCount,
    overdue: (now, limit) => many(selectOverdue, [now, limit]),
    awaitingSession: ({ authorizationReference, tokenUid }) =>
      authorizationReference === undefined
        ? many(selectAwaitingByToken, [tokenUid ?? ''])
        : many(selectAwaitingByReference, [authorizationReference]),
    sentWithReference: (reference) => many(selectSentByReference, [reference]),
    recentWithToken: (tokenUid, since) => many(selectRecentByToken, [tokenUid, since]),
    reservations: (direction, reservationId) =>
      many(selectReservation, [direction, reservationId.toUpperCase()]),
    receivedAt: (partnerId, responseUrl, since) =>
      first(selectByResponseUrl, [partnerId, responseUrl, since]),
  }
}
