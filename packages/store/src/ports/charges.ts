import type { PartyId } from '@interwatt/protocol'
import type { NodeEvent } from './events.js'
import type { Document, StoredObject } from './objects.js'

/** What starts a charge: the app, or a card at the charge point. */
export type ChargeMeans = 'app' | 'card'

/** What is stored of a charge; its state follows from its command, its session and its CDRs. */
export interface DriverCharge {
  /** UUID. */
  readonly id: string
  readonly driverId: string
  /** Orders charges by when this node first knew of them. */
  readonly seq: number
  readonly means: ChargeMeans
  /** The CPO. */
  readonly party: PartyId
  /** The place that was asked for; null for what began without us. */
  readonly locationId: string | null
  readonly evseUid: string | null
  readonly connectorId: string | null
  /** What makes a repeated request the same. */
  readonly requestKey: string | null
  /** Names the command, the session and the CDR of one start. */
  readonly authorizationReference: string | null
  /** What the driver wanted. */
  readonly wish: Document | null
  /** The price the driver was shown before. */
  readonly quote: Document | null
  /** Why nothing was sent. */
  readonly failure: Document | null
  /** The wish to stop, and why it was not sent. */
  readonly stop: Document | null
  readonly stopCommandId: string | null
  /** The preferences asked for and what was answered. */
  readonly preferences: Document | null
  /** Key id of the session, which may not have come yet. */
  readonly sessionKey: string | null
  /** Key id of the CDR, for a charge of which no session is known. */
  readonly cdrKey: string | null
  /** Whether the clock of the charge point and that of whoever told of the session agree; null before it is known. */
  readonly sharesClock: boolean | null
  /** Whether something may still happen: a start that runs, a session that is not over. */
  readonly isOpen: boolean
  /** ISO time. */
  readonly askedAt: string
}

/** What changes of a charge after it was asked for. */
export type ChargeChange = Partial<
  Pick<
    DriverCharge,
    'failure' | 'stop' | 'stopCommandId' | 'preferences' | 'sessionKey' | 'sharesClock' | 'isOpen'
  >
>

/** What became of a new charge: added, known by its request key, or another start runs at the EVSE. */
export type AddedCharge =
  | { readonly kind: 'added' }
  | { readonly kind: 'known' | 'running'; readonly charge: DriverCharge }

/** A state of the meter, by the time that the session says. */
export interface ChargeReading {
  /** ISO time. */
  readonly at: string
  /** Whole Wh since the start. */
  readonly wh: number
}

/** What is stored of a reservation; its state follows from its commands. */
export interface DriverReservation {
  /** UUID; also the reservation id that partners see. */
  readonly id: string
  readonly driverId: string
  readonly party: PartyId
  readonly locationId: string
  readonly evseUid: string
  readonly connectorId: string | null
  readonly authorizationReference: string
  /** What it costs by the tariff, where that is known. */
  readonly cost: Document | null
  readonly failure: Document | null
  /** The wish to cancel, its command, and why it was not sent. */
  readonly cancel: Document | null
  readonly askedAt: string
  readonly expiresAt: string
}

/** Something that happened to a charge or reservation of a driver. */
export interface ChargeNews {
  readonly driverId: string
  readonly source: 'session' | 'cdr' | 'command'
  /** The document of a session or CDR, with its key; the request of a command, with its id. */
  readonly party: PartyId | null
  readonly id: string
  readonly document: Document
}

/** What happened since the last look; `from` proves where it begins. */
export interface ChargeNewsPart {
  readonly news: readonly ChargeNews[]
  readonly from: number
  readonly through: number
  /** Whether more may be there. */
  readonly isFull: boolean
}

/** Storage of what drivers charged and reserved. */
export interface DriverChargeStore {
  /** Adds a charge that the app asks for; its `seq` is given here. */
  ask(charge: Omit<DriverCharge, 'seq'>): Promise<AddedCharge>
  /** Adds charges that began without the app; those known are left alone. */
  adopt(charges: readonly DriverCharge[]): Promise<void>
  get(driverId: string, id: string): Promise<DriverCharge | undefined>
  /** The newest first, below a place in that order. */
  list(
    driverId: string,
    query: {
      readonly before?: { readonly seq: number; readonly id: string }
      readonly means?: ChargeMeans
      readonly limit: number
    },
  ): Promise<readonly DriverCharge[]>
  /** Charges to which something may still happen, the newest first, at most 50. */
  open(driverId: string): Promise<readonly DriverCharge[]>
  /** Starts of the app that no session came of yet, the newest first, at most 50. */
  waiting(driverId: string): Promise<readonly DriverCharge[]>
  bySession(party: PartyId, sessionKey: string): Promise<DriverCharge | undefined>
  /** The charge with this reference, compared without case, or whose stop this command is. */
  byCommand(query: {
    readonly reference: string
    readonly commandId: string
  }): Promise<DriverCharge | undefined>
  /** Changes a charge; undefined when it is not there, or its session belongs to another charge. */
  change(id: string, change: ChargeChange): Promise<DriverCharge | undefined>
  /** Notes a wish to stop; false when another one was noted since the charge was read. */
  beginStop(charge: Pick<DriverCharge, 'id' | 'stop' | 'stopCommandId'>, stop: Document): Promise<boolean>
  /** Live sessions and CDRs on the contract of the driver that no charge is known of, no credits, no reservations; oldest first, at most 200. */
  unknown(driverId: string): Promise<readonly StoredObject[]>
  /** Live CDRs on the contract of the driver, newest first. */
  cdrs(driverId: string, limit: number): Promise<readonly StoredObject[]>
  addReading(chargeId: string, reading: ChargeReading): Promise<void>
  /** Oldest first; the newest 500. */
  readings(chargeId: string): Promise<readonly ChargeReading[]>
  /** Adds a reservation; false when its driver asked for another one meanwhile, which is not among the known ids. */
  addReservation(reservation: DriverReservation, known: readonly string[]): Promise<boolean>
  reservation(driverId: string, id: string): Promise<DriverReservation | undefined>
  /** The newest first. */
  reservations(driverId: string, limit: number): Promise<readonly DriverReservation[]>
  changeReservation(
    id: string,
    change: Partial<Pick<DriverReservation, 'failure' | 'cancel'>>,
  ): Promise<DriverReservation | undefined>
  /** What happened to charges since the last `passed`, oldest first; `limit` counts what is looked at. */
  news(limit: number): Promise<ChargeNewsPart>
  /** Moves on and tells of it, both or neither; false when another node did so before. */
  passed(
    part: Pick<ChargeNewsPart, 'from' | 'through'>,
    events: readonly NodeEvent[],
    at: string,
  ): Promise<boolean>
}
