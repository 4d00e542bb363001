import { isJsonObject, type JsonObject } from '@interwatt/protocol'
import { activeProfile } from '../world/profile.js'
import { fateOf } from './cpo-commands.js'
import type { CpoContext } from './cpo-context.js'
import { textAt } from './json.js'
import type { LiveSession } from './live-session.js'
import { path } from './operator-api.js'

/** A charging profile to follow, to forget or to tell, as its event says. */
interface ProfileOrder {
  readonly id: string
  readonly type: string
  readonly sessionId: string
  readonly request: JsonObject
}

/** Reads the data of a `charging_profile.received` event; undefined for anything that is not to be executed. */
const readOrder = (data: unknown): ProfileOrder | undefined => {
  if (!isJsonObject(data) || data.direction !== 'received' || data.state !== 'ACCEPTED') return undefined
  const id = textAt(data, 'id')
  const type = textAt(data, 'type')
  const sessionId = textAt(data, 'session', 'id')
  if (id === undefined || type === undefined || sessionId === undefined || data.result !== null)
    return undefined
  return { id, type, sessionId, request: isJsonObject(data.request) ? data.request : {} }
}

/** What the charging station answers; `profile` with ACCEPTED of READ. */
interface Outcome {
  readonly result: 'ACCEPTED' | 'REJECTED' | 'UNKNOWN'
  readonly profile?: JsonObject
}

/** How far ahead a changed profile is told, in seconds (CP-015). */
const TOLD_S = 3600

const shown = (context: CpoContext, session: LiveSession, durationS: number): JsonObject =>
  activeProfile(session.limits(), session.facts.connector, context.clock.nowS(), durationS)

const execute = (context: CpoContext, session: LiveSession, order: ProfileOrder): Outcome => {
  const { charging_profile: profile, duration } = order.request
  switch (order.type) {
    case 'READ':
      return { result: 'ACCEPTED', profile: shown(context, session, Number(duration)) }
    case 'CLEAR':
      if (session.limits() === undefined) return { result: 'UNKNOWN' }
      return { result: session.follow(undefined) ? 'ACCEPTED' : 'REJECTED' }
    default:
      return { result: isJsonObject(profile) && session.follow(profile) ? 'ACCEPTED' : 'REJECTED' }
  }
}

/** Has charging stations follow the profiles of partners, and reports what became of them. */
export const createProfileDesk = (
  context: CpoContext,
  sessionOf: (sessionId: string) => LiveSession | undefined,
) => {
  const seen = new Set<string>()
  let number = 0

  const call = async (method: 'POST' | 'PUT', address: string, body?: unknown): Promise<boolean> => {
    const answer = await context.api.call(method, address, body)
    if (answer.kind !== 'ok' && !context.signal.aborted)
      context.tell({ type: 'trouble', door: 'cpo', doing: `${method} ${address}`, reason: answer.reason })
    return answer.kind === 'ok'
  }

  /**
   * What holds for the session now; without a profile the most the connector can give (CP-016).
   * NOTE: by PUT, not by DELETE: the node would date it in real time, after everything the world dates in its own.
   */
  const report = async (session: LiveSession): Promise<void> => {
    const { countryCode, partyId } = context.party
    const address = `/sessions${path(countryCode, partyId, session.facts.id)}/active-charging-profile`
    if (!session.ended()) await call('PUT', address, shown(context, session, TOLD_S))
  }

  const handle = async (order: ProfileOrder): Promise<void> => {
    const session = sessionOf(order.sessionId)
    number += 1
    const fate = fateOf(context, order.sessionId.replace(/^ses-[^-]*-/, ''), order.type, number)
    const told = { type: 'profile.answered', request: order.type, session: order.sessionId } as const
    if (fate === 'silent') return context.tell({ ...told, result: 'none' })
    const broken = fate === 'fails' || session === undefined
    const outcome: Outcome = broken ? { result: 'REJECTED' } : execute(context, session, order)
    if (fate === 'late') await context.clock.sleepRealMs(context.rates.lateMs, context.signal)
    context.tell({ ...told, result: outcome.result })
    const taken = await call('POST', `${path('charging-profiles', order.id)}/result`, outcome)
    if (taken && session !== undefined && order.type !== 'READ' && outcome.result === 'ACCEPTED')
      await report(session)
  }

  return {
    /** Executes what an event asks for, once; settles when it is reported. */
    async take(data: unknown): Promise<void> {
      const order = readOrder(data)
      if (order === undefined || seen.has(order.id)) return
      seen.add(order.id)
      await handle(order)
    },
  }
}
