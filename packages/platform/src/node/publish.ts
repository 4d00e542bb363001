import type { ActiveProfile, Command, EventStore, NodeEvent, ProfileRequest } from '@interwatt/store'
import type { Metrics } from '../operator/index.js'
import { viewActiveProfile, viewCommand, viewProfileRequest } from '../operator/views.js'

/** Writes what happened into the feed that webhooks and event streams read. */
export interface Publish {
  commandUpdated(command: Command): Promise<void>
  profileUpdated(request: ProfileRequest): Promise<void>
  /** Fire and forget; a failure is logged. */
  event(event: NodeEvent): void
}

/** Tells the back end of a command to execute. */
export const receivedEvent = (command: Command): NodeEvent => ({
  type: 'command.received',
  subject: command.id,
  data: viewCommand(command),
})

/** Tells the back end of a charging profile to execute, to clear or to read. */
export const profileReceivedEvent = (request: ProfileRequest): NodeEvent => ({
  type: 'charging_profile.received',
  subject: request.id,
  data: viewProfileRequest(request),
})

/** Tells of the active profile of a session. */
export const activeProfileEvent = (active: ActiveProfile): NodeEvent => ({
  type: 'charging_profile.active',
  subject: `${active.session.countryCode}*${active.session.partyId}/${active.session.id}`,
  data: viewActiveProfile(active),
})

/** Finished commands remembered, so that a later change of one (a session that adopts it) is not counted again. */
const REMEMBERED = 10_000

const commandCounter = (metrics: Pick<Metrics, 'commands'>) => {
  const counted = new Set<string>()
  return ({ id, direction, type, state, finishedAt }: Command): void => {
    if (finishedAt === null || counted.has(id)) return
    if (counted.size >= REMEMBERED) counted.clear()
    counted.add(id)
    metrics.commands.inc({ direction, type, state })
  }
}

export const createPublish = (
  events: EventStore,
  metrics: Pick<Metrics, 'commands'>,
  logFailure: (error: unknown) => void,
): Publish => {
  const count = commandCounter(metrics)
  const append = async (event: NodeEvent): Promise<void> => {
    await events.append(event)
  }
  return {
    commandUpdated(command) {
      count(command)
      return append({ type: 'command.updated', subject: command.id, data: viewCommand(command) })
    },
    profileUpdated: (request) =>
      append({ type: 'charging_profile.updated', subject: request.id, data: viewProfileRequest(request) }),
    event(event) {
      append(event).catch(logFailure)
    },
  }
}
