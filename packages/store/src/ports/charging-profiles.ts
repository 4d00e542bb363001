import type { PartyId } from '@interwatt/protocol'
import type { NodeEvent } from './events.js'
import type { Document, ObjectKey } from './objects.js'

/** What is asked of a session's charge point: to follow a profile, to forget it, to tell what it will do. */
export type ProfileRequestType = 'SET' | 'CLEAR' | 'READ'

/** `sent` requests go to the CPO of a session; `received` ones wait for our back end's result. */
export interface ProfileRequest {
  readonly id: string
  readonly direction: 'sent' | 'received'
  readonly type: ProfileRequestType
  readonly partnerId: string
  /** Party of the Sender: ours on sent requests, the partner's on received ones. */
  readonly senderParty: PartyId
  readonly session: ObjectKey
  /** Id of the session as its owner spells it. */
  readonly sessionId: string
  /** `{charging_profile}` of SET, `{duration}` of READ, nothing of CLEAR. */
  readonly request: Document
  /** Where the result of a received request goes. */
  readonly responseUrl: string | null
  /** Hash of the secret part of the address made for the result of a sent one. */
  readonly responseTokenHash: string | null
  /** As of a command: open, finished by a result, refused at once, out of time, or failed to arrive. */
  readonly state: 'PENDING' | 'ACCEPTED' | 'DONE' | 'REFUSED' | 'TIMEOUT' | 'FAILED'
  /** Synchronous ChargingProfileResponseType. */
  readonly response: string | null
  /** Asynchronous ChargingProfileResultType. */
  readonly result: string | null
  /** ActiveChargingProfile that came with the result of READ. */
  readonly profile: Document | null
  /** Why it failed, for people. */
  readonly message: string | null
  /** ISO time after which no result counts. */
  readonly deadline: string | null
  readonly correlationId: string
  readonly createdAt: string
  readonly finishedAt: string | null
}

/** Change of a request, applied only while its state is one of `from` and, with `aliveAt`, its deadline lies after that time. */
export interface ProfileRequestChange {
  readonly from: readonly ProfileRequest['state'][]
  readonly aliveAt?: string
  readonly set: Partial<
    Pick<ProfileRequest, 'state' | 'response' | 'result' | 'profile' | 'message' | 'deadline' | 'finishedAt'>
  >
}

/** The newest request of one Sender, type and outcome for a session: enough to tell who holds a profile. */
export interface ProfileTrace
  extends Pick<ProfileRequest, 'type' | 'partnerId' | 'senderParty' | 'state' | 'result'> {
  /** Rises with every request. */
  readonly number: number
  /** Whether the CPO has ended since what was set until then. */
  readonly released: boolean
}

/** Storage of requests for charging profiles. */
export interface ProfileRequestStore {
  /** Stores a new request, and the event that tells of it in the same transaction: neither is there without the other. */
  insert(request: ProfileRequest, event?: NodeEvent): Promise<void>
  /**
   * Stores a received request, with its event where the back end is to be told, unless one was received for the session after the newest of these traces, on whichever
   * node: then it is false, and what was judged by them is to be judged again (CP-045).
   */
  insertReceived(
    request: ProfileRequest,
    event: NodeEvent | undefined,
    judgedBy: readonly ProfileTrace[],
  ): Promise<boolean>
  get(id: string): Promise<ProfileRequest | undefined>
  findByResponseToken(hash: string): Promise<ProfileRequest | undefined>
  /** The new state; undefined when the conditions do not hold. Of two results one wins. */
  update(id: string, change: ProfileRequestChange): Promise<ProfileRequest | undefined>
  list(query: {
    readonly state?: string
    readonly direction?: string
    readonly after?: string
    readonly limit: number
  }): Promise<readonly ProfileRequest[]>
  /** Drops finished requests created before `before` (ISO); how many. */
  prune(before: string): Promise<number>
  /** Unfinished requests whose deadline has passed. */
  overdue(now: string, limit: number): Promise<readonly ProfileRequest[]>
  /** What a partner asked with this response_url since a time (ISO), if anything. */
  receivedAt(partnerId: string, responseUrl: string, since: string): Promise<ProfileRequest | undefined>
  /** What was received for a session, the newest of each Sender, type, state and result. */
  traces(session: ObjectKey): Promise<readonly ProfileTrace[]>
  /** How many requests a Sender made for a session since a time (ISO). */
  countSince(session: ObjectKey, partnerId: string, senderParty: PartyId, since: string): Promise<number>
}

/** The newest ActiveChargingProfile of a session. */
export interface ActiveProfile {
  readonly session: ObjectKey
  readonly sessionId: string
  /** Partner that reported it; null for sessions of our own. */
  readonly partnerId: string | null
  readonly profile: Document
  /** ISO time at which the charge point computed it; newer wins (CP-037). */
  readonly startAt: string
  readonly updatedAt: string
}

/** A Sender that is to be told of the active profile of a session. */
export interface ProfileListener {
  readonly partnerId: string
  readonly party: PartyId
}

/** An update to be sent now; `lease` is the proof of having claimed it. */
export interface ProfileUpdate extends ProfileListener {
  readonly session: ObjectKey
  readonly failures: number
  readonly lease: string
}

/** Storage of active profiles, and of who has not been told of them yet. */
export interface ActiveProfileStore {
  get(session: ObjectKey): Promise<ActiveProfile | undefined>
  /** Stores a newer profile with its event and the Senders to be told, all or nothing; what became of it. */
  put(
    active: ActiveProfile,
    told: {
      readonly event: NodeEvent
      readonly listeners: readonly ProfileListener[]
      /** True when nobody's profile is followed any more. */
      readonly releases?: boolean
    },
  ): Promise<'stored' | 'unchanged' | 'older'>
  /** Claims updates that are due until `leaseUntil` (ISO): no other node sends them meanwhile. */
  claim(now: string, leaseUntil: string, limit: number): Promise<readonly ProfileUpdate[]>
  /** Ends an update, unless the profile changed since it was claimed. */
  finish(update: ProfileUpdate): Promise<void>
  /** Tries again at `dueAt` (ISO), unless the profile changed since it was claimed. */
  postpone(update: ProfileUpdate, dueAt: string): Promise<void>
  /** Drops profiles not updated since `before` (ISO); how many. */
  prune(before: string): Promise<number>
}
