import { type LinkedAbort, linkAbort } from '../abort.js'
import type { Tariff } from '../tariffs.js'
import type { Ledger } from '../world/ledger.js'
import { expiredAt, openLedger, withReservation } from '../world/ledger.js'
import type { SiteEvse } from '../world/site.js'
import type { CpoContext } from './cpo-context.js'
import { cdrDocument, type SessionFacts, type SessionState, sessionDocument } from './documents.js'
import { createSessionFeed, type SessionFeed } from './live-session.js'
import { createStamps } from './stamps.js'

/** An EVSE kept free for a token; it is a Session with status RESERVATION until it is used or over. */
export interface Reservation {
  /** As the partner named it; unique only together with the partner (CMD-019). */
  readonly partnerReservationId: string
  readonly partnerId: string
  /** The RESERVE_NOW command, for a later CANCELED_RESERVATION (CMD-037). */
  readonly commandId: string
  readonly facts: SessionFacts
  readonly site: SiteEvse
  readonly tariff: Tariff
  readonly fromS: number
  readonly untilS: number
  /** When somebody from outside made it: lasts and costs as long as it is real, not as long as it is in the world. */
  readonly real: { readonly fromMs: number; readonly untilMs: number } | undefined
  readonly feed: SessionFeed
}

export interface Reservations {
  /** Reserves; undefined when the EVSE cannot be reserved now. */
  make(draft: Omit<Reservation, 'feed'>): Reservation | undefined
  find(partnerId: string, partnerReservationId: string): Reservation | undefined
  at(site: SiteEvse): Reservation | undefined
  /** Since when it is to be paid, in virtual epoch seconds. */
  keptFromS(reservation: Reservation): number
  /** Takes the reservation out because its driver charges; the Session goes on as a charging session. */
  use(reservation: Reservation): void
  /** Ends it early without cost. */
  cancel(reservation: Reservation): void
  /** Resolves when everything begun is told to the node. */
  settled(): Promise<void>
}

const keyOf = (partnerId: string, id: string): string => `${partnerId}/${id.toUpperCase()}`

const emptyLedger = ({ tariff, facts, fromS }: Reservation): Ledger =>
  openLedger({ tariff, timeZone: facts.location.time_zone, startS: fromS })

/** The reservations of one CPO; each ends by itself when its time is over. */
export const createReservations = (context: CpoContext): Reservations => {
  const active = new Map<string, { readonly reservation: Reservation; readonly timer: LinkedAbort }>()
  const pending = new Set<Promise<void>>()
  const stamp = createStamps(() => context.clock.nowS() * 1000)

  const track = (work: Promise<void>): void => {
    const settled = work.finally(() => pending.delete(settled))
    pending.add(settled)
  }

  const tellNode = (reservation: Reservation, change: Partial<SessionState>): SessionState => {
    const state: SessionState = {
      status: 'RESERVATION',
      startS: reservation.fromS,
      endS: undefined,
      ledger: emptyLedger(reservation),
      lastUpdated: stamp(),
      ...change,
    }
    reservation.feed.set(sessionDocument(reservation.facts, state))
    return state
  }

  const forget = (reservation: Reservation): void => {
    const key = keyOf(reservation.partnerId, reservation.partnerReservationId)
    active.get(key)?.timer.abort()
    active.delete(key)
  }

  const end = async (reservation: Reservation, charged: boolean): Promise<void> => {
    forget(reservation)
    context.site.move(reservation.site, { kind: 'release' })
    const endS = Math.max(reservation.fromS, Math.min(context.clock.nowS(), expiresS(reservation)))
    const empty = emptyLedger(reservation)
    const ledger = charged ? expiredAt(withReservation(empty, keptFromS(reservation)), endS) : empty
    const state = tellNode(reservation, { status: 'COMPLETED', endS, ledger })
    context.tell({
      type: 'session.ended',
      session: reservation.facts.id,
      kwh: 0,
      reason: charged ? 'reservation expired' : 'reservation cancelled',
    })
    await reservation.feed.settled()
    const cdr = charged
      ? cdrDocument(reservation.facts, reservation.facts.id.replace(/^ses-/, 'cdr-'), state)
      : undefined
    if (cdr !== undefined && cdr.total_cost.before_taxes > 0)
      await context.writeCdr(cdr, {
        sessionId: reservation.facts.id,
        timeZone: reservation.facts.location.time_zone,
      })
  }

  const expiresS = (reservation: Reservation): number =>
    reservation.real === undefined ? reservation.untilS : Number.POSITIVE_INFINITY
  const keptFromS = ({ real, fromS }: Reservation): number =>
    real === undefined
      ? fromS
      : Math.max(fromS, context.clock.nowS() - Math.ceil((context.clock.realMs() - real.fromMs) / 1000))

  const expire = async (reservation: Reservation, signal: AbortSignal): Promise<void> => {
    const { real, untilS } = reservation
    if (real === undefined) await context.clock.sleepUntilS(untilS, signal)
    else await context.clock.sleepRealMs(real.untilMs - context.clock.realMs(), signal)
    if (!signal.aborted) await end(reservation, true)
  }

  return {
    make: (draft) => {
      const reservation: Reservation = { ...draft, feed: createSessionFeed(context, draft.facts.id) }
      const refused = context.site.move(draft.site, { kind: 'reserve', reservationId: draft.facts.id })
      if (refused !== undefined) return undefined
      const timer = linkAbort(context.signal)
      active.set(keyOf(draft.partnerId, draft.partnerReservationId), { reservation, timer })
      tellNode(reservation, {})
      track(expire(reservation, timer.signal).finally(timer.release))
      return reservation
    },
    find: (partnerId, id) => active.get(keyOf(partnerId, id))?.reservation,
    at: (site) => [...active.values()].find(({ reservation }) => reservation.site === site)?.reservation,
    keptFromS,
    use: forget,
    cancel: (reservation) => track(end(reservation, false)),
    settled: async () => {
      await Promise.allSettled([...pending])
    },
  }
}
