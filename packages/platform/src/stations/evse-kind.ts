import type { JsonObject } from '@interwatt/protocol'
import type { EvseRow } from '@interwatt/store'
import { connectorPowerKw } from '../prices/connector-power.js'
import { type PlugKind, plugBit, plugKindOf } from './plugs.js'
import { recordsOf } from './records.js'

/** What an EVSE can do for a driver besides charging. */
export const abilities = [
  'app',
  'card',
  'contactless',
  'rfid',
  'reservable',
  'accessible',
  'profiles',
  'preferences',
  'plug_and_charge',
] as const
export type Ability = (typeof abilities)[number]

/** The bit of an ability in a set of them. */
export const abilityBit = (ability: Ability): number => 1 << abilities.indexOf(ability)

const CAPABILITIES: Readonly<Record<string, readonly Ability[]>> = {
  REMOTE_START_STOP_CAPABLE: ['app'],
  CREDIT_CARD_PAYABLE: ['card'],
  DEBIT_CARD_PAYABLE: ['card'],
  CHIP_CARD_SUPPORT: ['card'],
  PED_TERMINAL: ['card'],
  CONTACTLESS_CARD_SUPPORT: ['card', 'contactless'],
  RFID_READER: ['rfid'],
  RESERVABLE: ['reservable'],
  CHARGING_PROFILE_CAPABLE: ['profiles'],
  CHARGING_PREFERENCES_CAPABLE: ['preferences'],
}

/** A connector as all of its kind are: the same plug, power and tariffs. */
export interface ConnectorKind {
  readonly plug: PlugKind
  /** Highest power; 0 when it is not known. */
  readonly watts: number
  /** Ids of tariffs, all of the party of the location. */
  readonly tariffIds: readonly string[]
  readonly countryCode: string
  readonly partyId: string
}

/** An EVSE as all of its kind are. */
export interface EvseKind {
  readonly connectors: readonly ConnectorKind[]
  /** Bits of all plugs. */
  readonly plugs: number
  /** Bits of abilities. */
  readonly abilities: number
  /** Highest power of a connector. */
  readonly watts: number
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []

/** Whose tariffs connectors name. */
type Owner = Pick<ConnectorKind, 'countryCode' | 'partyId'>

const connectorKindOf = (connector: JsonObject, { countryCode, partyId }: Owner): ConnectorKind => ({
  plug: plugKindOf(connector.standard),
  watts: Math.round((connectorPowerKw(connector) ?? 0) * 1_000),
  tariffIds: texts(connector.tariff_ids),
  countryCode,
  partyId,
})

const abilitiesOf = (evse: EvseRow): number => {
  const capabilities = texts(evse.capabilities).flatMap((name) =>
    Object.hasOwn(CAPABILITIES, name) ? (CAPABILITIES[name] ?? []) : [],
  )
  const plugAndCharge = recordsOf(evse.connectors).some(({ capabilities: own }) => texts(own).length > 0)
  const all: readonly Ability[] = [
    ...capabilities,
    ...(texts(evse.parkingRestrictions).includes('DISABLED') ? (['accessible'] as const) : []),
    ...(plugAndCharge ? (['plug_and_charge'] as const) : []),
  ]
  return all.reduce((bits, ability) => bits | abilityBit(ability), 0)
}

/** The kind of an EVSE, and a text that only EVSEs of that kind have. */
export const evseKindOf = (
  evse: EvseRow,
  owner: Owner,
): { readonly key: string; readonly kind: EvseKind } => {
  const connectors = recordsOf(evse.connectors).map((connector) => connectorKindOf(connector, owner))
  const bits = abilitiesOf(evse)
  const key = JSON.stringify([
    bits,
    ...connectors.flatMap(({ plug, watts, tariffIds }) => [plug, watts, ...tariffIds]),
    // NOTE: the same id of a tariff means another tariff at another party.
    ...(connectors.some(({ tariffIds }) => tariffIds.length > 0) ? [owner.countryCode, owner.partyId] : []),
  ])
  const kind = {
    connectors,
    abilities: bits,
    plugs: connectors.reduce((set, { plug }) => set | plugBit(plug), 0),
    watts: connectors.reduce((most, { watts }) => Math.max(most, watts), 0),
  }
  return { key, kind }
}
