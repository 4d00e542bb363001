import type { Location } from '../world/site.js'

/** What an EVSE can do once a payment terminal serves it (PAY-043). */
const CARD_ABILITIES = [
  'CHIP_CARD_SUPPORT',
  'CONTACTLESS_CARD_SUPPORT',
  'CREDIT_CARD_PAYABLE',
  'DEBIT_CARD_PAYABLE',
  'PED_TERMINAL',
] as const

/** The greatest power of each EVSE added up, in W; 0 where a connector does not say. */
const powerOf = ({ evses = [] }: Location): number =>
  evses
    .map(({ connectors }) => Math.max(0, ...connectors.map(({ max_electric_power: watts = 0 }) => watts)))
    .reduce((sum, watts) => sum + watts, 0)

/** Where walk-up drivers are served fastest: the location with the most power; undefined when there is none. */
export const terminalPlace = (locations: readonly Location[]): Location | undefined =>
  [...locations].sort((a, b) => powerOf(b) - powerOf(a) || a.id.localeCompare(b.id))[0]

/** The location with a payment terminal: each of its EVSEs says that it takes cards. */
export const withCardReader = (location: Location): Location => {
  const { evses } = location
  if (evses === undefined) return location
  return {
    ...location,
    evses: evses.map((evse) => ({
      ...evse,
      capabilities: [...new Set([...(evse.capabilities ?? []), ...CARD_ABILITIES])],
    })),
  }
}
