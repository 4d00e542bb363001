import type { PartyId } from '@interwatt/protocol'
import type { AuthorizationRecord } from './access.js'
import type { Command } from './commands.js'
import type { StoredObject } from './objects.js'

/** What tells which decisions, commands and CDRs belong to a session. */
export interface SessionTraces {
  readonly party: PartyId
  readonly sessionId: string
  readonly authorizationReference: string | null
  readonly tokenUid: string | null
  /** Decisions on its token count from and until here, ISO. */
  readonly from: string
  readonly until: string
}

/** Finds what belongs to one session; for questions of people, not for traffic. */
export interface StoryStore {
  /** Commands that started, stopped or else named the session, oldest first, at most 50. */
  commands(traces: SessionTraces): Promise<readonly Command[]>
  /** Decisions with its reference, or on its token at its beginning, oldest first, at most 20. */
  authorizations(traces: SessionTraces): Promise<readonly AuthorizationRecord[]>
  /** CDRs of its party that name the session or its reference, at most 10. Reads the CDRs that came after `createdSeq`. */
  cdrs(traces: SessionTraces, createdSeq: number): Promise<readonly StoredObject[]>
}
