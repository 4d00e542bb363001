import {
  type ChargeNews,
  type DriverCharge,
  type DriverChargeStore,
  type NodeEvent,
  type ObjectStore,
  StoreUnavailable,
} from '@interwatt/store'
import { adoptFor } from './adopt.js'
import { chargeEvent, reservationEvent } from './charge-news.js'
import { readingOf } from './live.rules.js'

/** What following charges works with. */
export interface FollowDeps {
  readonly charges: DriverChargeStore
  readonly objects: Pick<ObjectStore, 'currentSeq'>
  now(): number
  logError(error: unknown): void
}

/** Changes looked at in one turn. */
const AT_ONCE = 200
/** The place is moved over changes of others in steps of this, so that a quiet provider writes little. */
const STEP = 1_000

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const chargeOfNews = async (
  charges: DriverChargeStore,
  { source, party, id, document }: ChargeNews,
): Promise<DriverCharge | undefined> => {
  if (source === 'command')
    return charges.byCommand({ reference: text(document.authorization_reference), commandId: id })
  if (party === null) return undefined
  if (source === 'session') return charges.bySession(party, id)
  const ofSession =
    text(document.session_id) === ''
      ? undefined
      : await charges.bySession(party, text(document.session_id).toUpperCase())
  return ofSession ?? charges.byCommand({ reference: text(document.authorization_reference), commandId: '' })
}

/** Keeps the reading that a state of a session is, and opens or closes its charge. */
const takeSession = async (
  charges: DriverChargeStore,
  charge: DriverCharge,
  { document }: ChargeNews,
): Promise<void> => {
  const reading = readingOf(document)
  if (charge.sharesClock === true && document.status === 'ACTIVE' && reading !== undefined)
    await charges.addReading(charge.id, reading)
  const isOpen = document.status !== 'COMPLETED' && document.status !== 'INVALID'
  if (charge.isOpen !== isOpen) await charges.change(charge.id, { isOpen })
}

const eventsOf = async (charges: DriverChargeStore, news: ChargeNews): Promise<readonly NodeEvent[]> => {
  const { driverId, document, source } = news
  const reservationId = text(document.reservation_id)
  if (source === 'command' && reservationId !== '') return [reservationEvent({ id: reservationId, driverId })]
  const charge = await chargeOfNews(charges, news)
  if (charge === undefined || charge.driverId !== driverId) return []
  if (source === 'session') await takeSession(charges, charge, news)
  return [chargeEvent(charge)]
}

/** What cannot be taken in is told and passed over, so that what one partner sent holds up no other driver; a database that is away is waited for. */
const passingOver = async <T>(
  { logError }: Pick<FollowDeps, 'logError'>,
  work: () => Promise<T>,
): Promise<T | undefined> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error
    logError(error)
    return undefined
  }
}

/**
 * Looks what happened to charges of drivers since the last look: takes sessions and CDRs in that came, keeps readings of meters, and tells
 * of it. Goes on until nothing is left or it is told to stop; after a crash it goes on where it was, and doing so twice changes nothing.
 */
export const followCharges = async (deps: FollowDeps, stopped: () => boolean): Promise<void> => {
  const { charges, objects, now } = deps
  while (!stopped()) {
    // NOTE: the head is read first; what commits in between lies above it.
    const head = await objects.currentSeq()
    const part = await charges.news(AT_ONCE)
    const through = part.isFull ? part.through : Math.max(part.through, head)
    if (part.news.length === 0 && !part.isFull && through - part.from < STEP) return
    for (const driverId of new Set(part.news.map(({ driverId }) => driverId)))
      await passingOver(deps, () => adoptFor(charges, driverId))
    const events: NodeEvent[] = []
    for (const news of part.news)
      events.push(...((await passingOver(deps, () => eventsOf(charges, news))) ?? []))
    const told = [...new Map(events.map((event) => [`${event.type} ${event.subject}`, event])).values()]
    await charges.passed({ from: part.from, through }, told, new Date(now()).toISOString())
    if (!part.isFull) return
  }
}
