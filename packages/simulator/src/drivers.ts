import type { ocpi230 } from '@interwatt/protocol'
import { type CarModel, cars } from './cars.js'
import { randomStream } from './world/random.js'

/** How a driver lives: what shapes the plan of a trip. */
export interface Habits {
  /** Mean pause between two trips, in virtual minutes. */
  readonly pauseMinutes: number
  /** Probability to start with the app instead of the card. */
  readonly appShare: number
  /** Probability to reserve before driving there (only with the app). */
  readonly reserveShare: number
  /** Probability not to come after a reservation. */
  readonly noShowShare: number
  /** State of charge at which the driver is content, in percent. */
  readonly targetPercent: number
  /** Time the car stays at most before it is stopped, in virtual minutes. */
  readonly stayMinutes: { readonly min: number; readonly max: number }
  /** Time the car stays plugged in after it is full, in virtual minutes, at most. */
  readonly overstayMinutes: number
}

/** A person with a car and a contract. */
export interface Driver {
  readonly id: string
  /** Which of the issuers the contract is with, from 0. */
  readonly issuer: number
  readonly car: CarModel
  readonly habits: Habits
  /** Tokens as the eMSP issues them, `last_updated` left out. */
  readonly card: TokenDraft
  readonly app: TokenDraft
}

/** A token as the eMSP back end sends it; the node stamps it. */
export type TokenDraft = Omit<ocpi230.Token, 'last_updated'>

const HABITS: readonly Habits[] = [
  {
    pauseMinutes: 35,
    appShare: 0.5,
    reserveShare: 0.1,
    noShowShare: 0.1,
    targetPercent: 80,
    stayMinutes: { min: 12, max: 30 },
    overstayMinutes: 5,
  },
  {
    pauseMinutes: 60,
    appShare: 0.8,
    reserveShare: 0.25,
    noShowShare: 0.2,
    targetPercent: 90,
    stayMinutes: { min: 20, max: 60 },
    overstayMinutes: 30,
  },
  {
    pauseMinutes: 120,
    appShare: 0.2,
    reserveShare: 0,
    noShowShare: 0,
    targetPercent: 100,
    stayMinutes: { min: 45, max: 300 },
    overstayMinutes: 90,
  },
]

/** The contract party of drivers. */
export interface Issuer {
  readonly countryCode: string
  readonly partyId: string
  readonly name: string
  /** Whether its app offers reservations; default true. */
  readonly reservations?: boolean
}

const hex = (seed: number, index: number): string => {
  const stream = randomStream(seed, 'card', index)
  return Array.from({ length: 14 }, () => '0123456789ABCDEF'[stream.integer(0, 15)]).join('')
}

const createDriver = (seed: number, index: number, issuer: Issuer): Omit<Driver, 'issuer'> => {
  const stream = randomStream(seed, 'driver', index)
  const number = String(index + 1).padStart(6, '0')
  const contract_id = `${issuer.countryCode}-${issuer.partyId}-C${String(seed % 100).padStart(2, '0')}${number}-1`
  const shared = {
    country_code: issuer.countryCode,
    party_id: issuer.partyId,
    contract_id,
    issuer: issuer.name,
    valid: true,
    language: 'de',
  }
  const whitelist = stream.pick(['ALWAYS', 'ALLOWED', 'ALLOWED_OFFLINE', 'NEVER'] as const)
  const car = stream.pick(cars)
  const habits = stream.pick(HABITS)
  return {
    id: `D${number}`,
    car,
    habits: issuer.reservations === false ? { ...habits, reserveShare: 0 } : habits,
    card: { ...shared, uid: hex(seed, index), type: 'RFID', whitelist, visual_number: contract_id },
    app: {
      ...shared,
      uid: `APP-${issuer.partyId}-${seed % 100}-${number}`,
      type: 'APP_USER',
      whitelist: 'NEVER',
    },
  }
}

/**
 * `count` drivers with their cars, habits and tokens, whose contracts are with the issuers in turn; the same for the
 * same seed. Unbounded in count.
 */
export const createDrivers = (
  seed: number,
  count: number,
  ...issuers: readonly [Issuer, ...Issuer[]]
): readonly Driver[] =>
  Array.from({ length: count }, (_, index) => {
    const issuer = index % issuers.length
    return { ...createDriver(seed, index, issuers[issuer] ?? issuers[0]), issuer }
  })
