import type { CpoBackEnd } from './back-ends/cpo-back-end.js'
import type { CpoBookings, Slot } from './back-ends/cpo-bookings.js'
import type { EmspBookings } from './back-ends/emsp-bookings.js'
import type { Driver } from './drivers.js'
import type { WorldClock } from './world/clock.js'
import { fits } from './world/power.js'
import type { Site, SiteEvse } from './world/site.js'
import type { Tell } from './world-event.js'

/** What booked visits need of the world. */
export interface BookingSurroundings {
  readonly runId: string
  readonly site: Site
  readonly cpo: CpoBackEnd
  readonly cpoBookings: CpoBookings
  readonly emspBookings: EmspBookings
  readonly clock: WorldClock
  readonly tell: Tell
  /** Aborted when the world stops. */
  readonly signal: AbortSignal
}

/** Real time between a booking and its begin: nodes refuse what has begun. */
const AHEAD_MS = 3_000
const SLOT_MS = 30 * 60_000
const FREE_MS = 2 * 60 * 60_000

const STATE_OF_CHARGE = { socPercent: 40, targetPercent: 60 }

/** A free EVSE for the car, kept free for the booking from now on. */
const keepFree = (around: BookingSurroundings, driver: Driver, id: string): SiteEvse | undefined =>
  around.site.evses.find(
    (site) =>
      site.state.status === 'AVAILABLE' &&
      site.evse.connectors.some((connector) => fits(driver.car, connector)) &&
      around.site.move(site, { kind: 'reserve', reservationId: id }) === undefined,
  )

const request = async (
  around: BookingSurroundings,
  driver: Driver,
  place: { readonly id: string; readonly site: SiteEvse; readonly slot: Slot },
): Promise<string | undefined> => {
  const { id, site, slot } = place
  const from = new Date(slot.fromMs).toISOString()
  around.tell({ type: 'booking.requested', driver: driver.id, evse: site.key, from })
  const booking = await around.emspBookings.book(driver.card, id, slot)
  const status = booking?.status ?? 'no answer'
  around.tell({ type: 'booking.answered', driver: driver.id, evse: site.key, status })
  return status === 'RESERVED' ? booking?.id : undefined
}

/** The car comes in its slot, the card starts the session under the booking, and it charges until content. */
const use = async (
  around: BookingSurroundings,
  driver: Driver,
  visit: { readonly placeId: string; readonly site: SiteEvse; readonly slot: Slot },
): Promise<boolean> => {
  const { site, slot } = visit
  const { clock, signal, cpo } = around
  await clock.sleepRealMs(Math.max(0, slot.fromMs - clock.realMs()), signal)
  const connector = site.evse.connectors.find((candidate) => fits(driver.car, candidate))
  const arrival = { kind: 'plugIn', carId: driver.id, reservationId: visit.placeId } as const
  if (connector === undefined || signal.aborted || around.site.move(site, arrival) !== undefined) return false
  site.plugged = { car: driver.car, connectorId: connector.id, ...STATE_OF_CHARGE }
  const { socPercent } = STATE_OF_CHARGE
  around.tell({ type: 'driver.plugged', driver: driver.id, car: driver.car.name, evse: site.key, socPercent })
  const tapped = await cpo.tap(driver, site)
  const session = tapped.kind === 'started' ? tapped.session : undefined
  while (session?.charging() === true && !signal.aborted) await clock.sleepUntilS(clock.nowS() + 60, signal)
  cpo.unplug(site, 'unplugged')
  await session?.over
  return session !== undefined
}

const actOut = async (
  around: BookingSurroundings,
  [first, second]: readonly [Driver, Driver],
  number: number,
): Promise<void> => {
  const { clock, tell } = around
  const id = `book-${around.runId}-${number}`
  const site = keepFree(around, first, id)
  if (site === undefined)
    return tell({ type: 'driver.left', driver: first.id, evse: undefined, reason: 'no free EVSE' })
  const release = () => void around.site.move(site, { kind: 'release' })
  const now = clock.realMs()
  const offered = await around.cpoBookings.offer(site, id, { fromMs: now, toMs: now + FREE_MS })
  if (offered === undefined || !(await around.emspBookings.sees(id))) return release()
  const fromMs = Math.ceil((clock.realMs() + AHEAD_MS) / 1000) * 1000
  const place = { id, site, slot: { fromMs, toMs: fromMs + SLOT_MS } }
  const booking = await request(around, first, place)
  await request(around, second, place)
  if (booking === undefined) return release()
  if (!(await use(around, first, { placeId: id, ...place }))) return release()
  const status = await around.emspBookings.reaches(booking, ['FULFILLED'])
  const cdr = await around.emspBookings.bill(booking)
  tell({ type: 'booking.used', driver: first.id, booking, status: status ?? 'UNKNOWN', cdr })
}

/** Acts out booked visits one after the other: two drivers want one slot, the first of them charges in it. */
export const liveBookings = async (
  around: BookingSurroundings,
  drivers: readonly [Driver, Driver],
  count: number,
): Promise<void> => {
  for (let number = 1; number <= count && !around.signal.aborted; number++)
    await actOut(around, drivers, number)
}
