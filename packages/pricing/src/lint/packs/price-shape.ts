import type { ocpi230 } from '@interwatt/protocol'
import { isUnrestricted } from '../../tariff/extent.js'
import { chargingOf, type PlacedComponent } from '../components.js'

/** Components of charging that cost something. */
export const costing = (
  tariff: ocpi230.Tariff,
  ...dimensions: readonly PlacedComponent['dimension'][]
): readonly PlacedComponent[] =>
  chargingOf(tariff).filter(
    ({ dimension, component }) => dimensions.includes(dimension) && component.price !== 0,
  )

/** Whether charging costs nothing at all. */
export const isFreeOfCharge = (tariff: ocpi230.Tariff): boolean =>
  costing(tariff, 'ENERGY', 'TIME', 'PARKING_TIME', 'FLAT').length === 0 &&
  (tariff.min_price?.before_taxes ?? 0) <= 0

/** Whether energy has a price at all. */
export const hasEnergyPrice = (tariff: ocpi230.Tariff): boolean => costing(tariff, 'ENERGY').length > 0

/** Restricted components of energy whose price differs from another one: the price can change in a session. */
export const changingEnergyPrices = (tariff: ocpi230.Tariff): readonly PlacedComponent[] => {
  const energy = chargingOf(tariff, 'ENERGY')
  const prices = new Set(energy.map(({ component }) => component.price))
  const restricted = energy.filter(({ extent }) => !isUnrestricted(extent))
  return prices.size > 1 ? restricted : []
}
