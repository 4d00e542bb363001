import { foldCase, OcpiRefusal } from '@interwatt/protocol'
import type { Handlers } from '@interwatt/server'
import type { Command, CommandStore, Document } from '@interwatt/store'
import { asDocument } from '../modules/serving.js'
import type { Secrets } from '../secrets.js'
import { addressEndsMs, readResult, statesTaking } from './command.rules.js'

export interface ResultDeps {
  readonly commands: CommandStore
  readonly secrets: Secrets
  readonly now: () => number
  onUpdated(command: Command): Promise<void>
}

/** Results of commands we sent, on an address only the asked partner can know (CMD-062, CMD-063, CMD-070, CMD-071, CMD-079). */
export const commandResultHandler =
  (deps: ResultDeps): Handlers['commands.sender.result'] =>
  async (call) => {
    const command = await deps.commands.findByResponseToken(deps.secrets.hash(call.params.response_id))
    if (
      !command ||
      command.partnerId !== call.caller.partnerId ||
      command.type !== call.params.command ||
      addressEndsMs(command) <= deps.now()
    )
      throw new OcpiRefusal('unknownObject', 'No command awaits a result here.')
    const result = readResult(call.body.result)
    const change = {
      state: 'DONE',
      result,
      message: call.body.message ?? null,
      finishedAt: new Date(deps.now()).toISOString(),
    } as const
    // NOTE: the synchronous answer may move the command on between the look above and this; the result is not lost then.
    const updated = await deps.commands.update(command.id, statesTaking(command.type, result), change)
    if (updated) await deps.onUpdated(updated)
    return { kind: 'data' }
  }

/** A session that a partner sent adopts the command it came of, also after a TIMEOUT (CMD-070, CMD-073, sessions trap 8). */
export const createAdoptSession =
  (deps: Pick<ResultDeps, 'commands' | 'onUpdated'>) =>
  async (partnerId: string, session: Document): Promise<void> => {
    const reference =
      typeof session.authorization_reference === 'string' ? session.authorization_reference : undefined
    const tokenUid = String(asDocument(session.cdr_token).uid)
    const awaiting = await deps.commands.awaitingSession(
      reference === undefined ? { tokenUid } : { authorizationReference: reference },
    )
    const command = awaiting.find(
      (candidate) =>
        candidate.partnerId === partnerId && (reference !== undefined || samePlace(candidate, session)),
    )
    if (!command) return
    const adopted = await deps.commands.update(
      command.id,
      ['PENDING', 'ACCEPTED', 'DONE', 'TIMEOUT', 'FAILED'],
      { sessionId: String(session.id) },
    )
    if (adopted) await deps.onUpdated(adopted)
  }

const samePlace = (command: Command, session: Document): boolean =>
  sameId(command.request.location_id, session.location_id) &&
  (command.request.evse_uid === undefined || sameId(command.request.evse_uid, session.evse_uid))

const sameId = (a: unknown, b: unknown): boolean => foldCase(String(a)) === foldCase(String(b))
