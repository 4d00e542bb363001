import type { Driver } from '../drivers.js'
import { randomStream } from './random.js'

/** One visit to a charging station as the driver intends it. Durations are virtual minutes. */
export interface Trip {
  readonly number: number
  readonly pauseMinutes: number
  /** EVSE keys in the order in which the driver tries them. */
  readonly preferences: readonly string[]
  readonly means: 'app' | 'card'
  readonly reserve: boolean
  /** Reserves and does not come. */
  readonly noShow: boolean
  readonly travelMinutes: number
  readonly socPercent: number
  readonly targetPercent: number
  readonly stayMinutes: number
  readonly overstayMinutes: number
}

/** Most EVSEs a driver tries before giving up. */
const TRIES = 12

/** The plan of a driver's trip; depends on the seed, the driver and the number of the trip alone. */
export const planTrip = (seed: number, driver: Driver, number: number, evseKeys: readonly string[]): Trip => {
  const stream = randomStream(seed, 'trip', driver.id, number)
  const { habits } = driver
  const pause = Math.round(stream.exponential(habits.pauseMinutes))
  const first = stream.integer(0, Math.max(1, Math.round(habits.pauseMinutes / 4)))
  const app = stream.chance(habits.appShare)
  const reserve = app && stream.chance(habits.reserveShare)
  const noShow = reserve && stream.chance(habits.noShowShare)
  const socPercent = stream.integer(8, Math.max(9, habits.targetPercent - 35))
  return {
    number,
    pauseMinutes: number === 0 ? first : Math.min(pause, habits.pauseMinutes * 4),
    preferences: preferencesOf(stream.shuffle, evseKeys),
    means: app ? 'app' : 'card',
    reserve,
    noShow,
    travelMinutes: stream.integer(3, 12),
    socPercent,
    targetPercent: habits.targetPercent,
    stayMinutes: stream.integer(habits.stayMinutes.min, habits.stayMinutes.max),
    overstayMinutes: stream.integer(0, habits.overstayMinutes),
  }
}

const preferencesOf = (
  shuffle: (items: readonly string[]) => string[],
  evseKeys: readonly string[],
): readonly string[] => shuffle(evseKeys).slice(0, TRIES)
