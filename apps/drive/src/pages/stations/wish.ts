import { signal } from '@preact/signals'
import { fieldOf } from '../../api/reading.js'
import type { Query } from '../../api/request.js'
import { accountNow } from '../../sign-in/sign-in-state.js'
import { readLocal, writeLocal } from './local-list.js'

/** What the driver wants to charge; all prices are for it. */
export interface Wish {
  /** `mine:ID` for a car of the account, `model:ID` for one of the catalogue, `none` for any car; empty until the driver chose. */
  readonly car: string
  readonly goal: 'energy' | 'percent'
  readonly kwh: number
  readonly fromPercent: number
  readonly toPercent: number
}

const USUAL: Wish = { car: '', goal: 'energy', kwh: 20, fromPercent: 20, toPercent: 80 }

/** Bounds of the sliders. */
export const KWH = { min: 5, max: 100, step: 5 } as const
export const PERCENT = { min: 5, max: 100, step: 5 } as const

const within = (value: unknown, { min, max }: { min: number; max: number }, otherwise: number): number =>
  typeof value === 'number' && value >= min && value <= max ? value : otherwise

const restored = (): Wish => {
  const kept = readLocal('wish')
  const car = fieldOf(kept, 'car')
  return {
    car: typeof car === 'string' ? car : USUAL.car,
    goal: fieldOf(kept, 'goal') === 'percent' ? 'percent' : 'energy',
    kwh: within(fieldOf(kept, 'kwh'), KWH, USUAL.kwh),
    fromPercent: within(fieldOf(kept, 'fromPercent'), PERCENT, USUAL.fromPercent),
    toPercent: within(fieldOf(kept, 'toPercent'), PERCENT, USUAL.toPercent),
  }
}

/** What the driver wants to charge; components that read it follow it. */
export const wish = signal<Wish>(restored())

/** Changes the wish, and remembers it on this device. */
export const changeWish = (change: Partial<Wish>): void => {
  wish.value = { ...wish.peek(), ...change }
  writeLocal('wish', wish.peek())
}

/** The car that counts: the chosen one, else the usual one of the account. */
export const carNow = (): string => {
  const { car } = wish.value
  const account = accountNow()
  if (car === '' || (car.startsWith('mine:') && account === undefined)) {
    const usual = account?.default_vehicle_id
    return usual === null || usual === undefined ? 'none' : `mine:${usual}`
  }
  return car
}

/** The wish as the node takes it. */
export const wishQuery = (): Query => {
  const { goal, kwh, fromPercent, toPercent } = wish.value
  const [kind, id] = carNow().split(/:(.*)/s)
  const car = kind === 'mine' ? { vehicle_id: id } : kind === 'model' ? { model: id } : {}
  return goal === 'percent' && 'none' !== kind
    ? { ...car, from_percent: fromPercent, to_percent: toPercent }
    : { ...car, energy_kwh: kwh }
}
