import type { Command, EventStore, NodeEvent } from '@interwatt/store'
import type { Metrics } from '../operator/index.js'
import { viewCommand } from '../operator/views.js'

/** Writes what happened into the feed that webhooks and event streams read. */
export interface Publish {
  commandUpdated(command: Command): Promise<void>
  /** Fire and forget; a failure is logged. */
  event(event: NodeEvent): void
}

/** Tells the back end of a command to execute. */
export const receivedEvent = (command: Command): NodeEvent => ({
  type: 'command.received',
  subject: command.id,
  data: viewCommand(command),
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
    event(event) {
      append(event).catch(logFailure)
    },
  }
}
