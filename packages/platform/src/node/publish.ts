import type { Command, EventStore, NodeEvent } from '@interwatt/store'
import { viewCommand } from '../operator/views.js'

/** Writes what happened into the feed that webhooks and event streams read. */
export interface Publish {
  commandReceived(command: Command): Promise<void>
  commandUpdated(command: Command): Promise<void>
  /** Fire and forget; a failure is logged. */
  event(event: NodeEvent): void
}

export const createPublish = (events: EventStore, logFailure: (error: unknown) => void): Publish => {
  const append = async (event: NodeEvent): Promise<void> => {
    await events.append(event)
  }
  return {
    commandReceived: (command) =>
      append({ type: 'command.received', subject: command.id, data: viewCommand(command) }),
    commandUpdated: (command) =>
      append({ type: 'command.updated', subject: command.id, data: viewCommand(command) }),
    event(event) {
      append(event).catch(logFailure)
    },
  }
}
