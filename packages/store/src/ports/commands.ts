import type { PartyId } from '@interwatt/protocol'
import type { NodeEvent } from './events.js'

/** Commands of the specification. */
export type CommandType =
  | 'START_SESSION'
  | 'STOP_SESSION'
  | 'RESERVE_NOW'
  | 'CANCEL_RESERVATION'
  | 'UNLOCK_CONNECTOR'

/** `sent` commands go to a partner; `received` ones wait for our back end's result. */
export interface Command {
  readonly id: string
  readonly direction: 'sent' | 'received'
  readonly type: CommandType
  readonly partnerId: string
  /** Our party that asks or is asked. */
  readonly party: PartyId | null
  /** Party of the partner that asked, as its request said; the result goes back to it. */
  readonly partnerParty?: PartyId | null
  /** Canonical request body, `response_url` left out on sent ones. */
  readonly request: { readonly [field: string]: unknown }
  /** Where the result of a received command goes; hash of the secret part of the URL of a sent one. */
  readonly responseUrl: string | null
  readonly responseTokenHash: string | null
  /**
   * `PENDING` until the synchronous answer, `ACCEPTED` after it, then finished: `DONE` with a result, `REFUSED`
   * by the synchronous answer, `TIMEOUT` when the deadline passed without a result, `FAILED` when nothing arrived.
   */
  readonly state: 'PENDING' | 'ACCEPTED' | 'DONE' | 'REFUSED' | 'TIMEOUT' | 'FAILED'
  /** Synchronous CommandResponseType. */
  readonly response: string | null
  /** Asynchronous CommandResultType. */
  readonly result: string | null
  readonly message: unknown
  /** ISO time after which no result is expected. */
  readonly deadline: string | null
  /** Session that came of it, also when it came after a TIMEOUT. */
  readonly sessionId: string | null
  readonly correlationId: string
  readonly createdAt: string
  readonly finishedAt: string | null
}

/** Storage of commands sent and received. */
export interface CommandStore {
  /** Stores a new command. */
  insert(command: Command): Promise<void>
  /**
   * Stores an accepted command of a partner and the event that tells of it, both or neither. False and nothing changed when the
   * partner sent the same one with the same response_url after `since` (ISO), whichever node took that (CMD-040).
   */
  insertReceived(command: Command, event: NodeEvent, since: string): Promise<boolean>
  get(id: string): Promise<Command | undefined>
  findByResponseToken(hash: string): Promise<Command | undefined>
  /** Changes fields if the command's state still is one of `from`; returns the new state, undefined when it is not. */
  update(
    id: string,
    from: readonly Command['state'][],
    change: Partial<Command>,
  ): Promise<Command | undefined>
  list(query: {
    readonly state?: string
    readonly direction?: string
    readonly after?: string
    readonly limit: number
  }): Promise<readonly Command[]>
  /** Drops finished commands created before `before` (ISO); how many. */
  prune(before: string): Promise<number>
  /** Unfinished commands whose deadline has passed. */
  overdue(now: string, limit: number): Promise<readonly Command[]>
  /** Sent START_SESSION and RESERVE_NOW without a session, newest first, to adopt a session that arrives late. */
  awaitingSession(query: {
    readonly authorizationReference?: string
    readonly tokenUid?: string
  }): Promise<readonly Command[]>
  /** Commands sent with this authorization reference, newest first, at most 20 (PAY-021). */
  sentWithReference(authorizationReference: string): Promise<readonly Command[]>
  /** Received START_SESSION and RESERVE_NOW with this token, compared without case, since a time (ISO), newest first (CMD-015). */
  recentWithToken(tokenUid: string, since: string): Promise<readonly Command[]>
  /** RESERVE_NOW commands of a direction with this reservation id, compared without case, newest first. */
  reservations(direction: Command['direction'], reservationId: string): Promise<readonly Command[]>
  /** The command a partner sent with this response_url since a time (ISO), if any (CMD-040). */
  receivedAt(partnerId: string, responseUrl: string, since: string): Promise<Command | undefined>
}
