import type { BookingStore, ObjectKey, ObjectStore } from '@interwatt/store'
import type { Held } from './plan-booking.js'

export interface HeldDeps {
  readonly objects: ObjectStore
  readonly bookings: BookingStore
  readonly now: () => number
}

/** A booking with what it holds. The row is read first: what changes after it is noticed by the plan. */
export const readHeld = async (
  deps: HeldDeps,
  { key, placeKey }: { readonly key: ObjectKey; readonly placeKey: ObjectKey },
): Promise<Held> => {
  const row = await deps.objects.get(key)
  const holds = await deps.bookings.holdsOf(key)
  return { key, placeKey, holds, seenSeq: row?.changedSeq ?? 0, nowIso: new Date(deps.now()).toISOString() }
}

/** Others that change the same booking at the same moment; more than this many in a row do not happen by chance. */
const ATTEMPTS = 20

/** Works again while the booking changed between reading and writing. */
export const untilStill = async <T extends { readonly kind: string }>(work: () => Promise<T>): Promise<T> => {
  let result = await work()
  for (let attempt = 1; attempt < ATTEMPTS && result.kind === 'moved'; attempt++) result = await work()
  return result
}
