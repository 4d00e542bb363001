import { type Ability, abilityBit, type ConnectorKind, type EvseKind } from './evse-kind.js'
import { isOpenAt } from './opening.js'
import { type PlugKind, plugBit } from './plugs.js'
import type { SharedValues } from './shared-values.js'
import { GROUP, type StationParty, type StationTable } from './station-table.js'

/**
 * What stations are wanted. What concerns EVSEs has to hold for one and the same EVSE, and plug and power for one and the same
 * connector of it. What is left out does not matter.
 */
export interface StationFilters {
  /** One of these plugs. */
  readonly plugs?: readonly PlugKind[]
  readonly minWatts?: number
  /** An EVSE that is wanted is free. */
  readonly free?: boolean
  /** Open now; stations that do not say when they are open are taken for open. */
  readonly open?: boolean
  /** With parking for disabled people. */
  readonly accessible?: boolean
  /** One of these abilities: how it can be paid at the EVSE. */
  readonly payments?: readonly Ability[]
  /** All of these abilities. */
  readonly abilities?: readonly Ability[]
  /** Part of the name of the operator, in any case. */
  readonly operator?: string
  readonly party?: StationParty
  /** Partner the location came from; null for own ones. */
  readonly receivedFrom?: string | null
  readonly published?: boolean
  /** Asked once for each kind of connector, for what the index does not know, such as a price. */
  readonly connector?: (connector: ConnectorKind) => boolean
}

/** EVSEs of a station that are wanted. */
export interface Wanted {
  evses: number
  free: number
  taken: number
  broken: number
  /** Highest power of a wanted connector. */
  watts: number
}

/** Says whether the station of a slot is wanted, and writes its wanted EVSEs into `wanted`. */
export type Match = (slot: number, wanted: Wanted) => boolean

/** An answer of -1 or more for each shared value, found out at first need. */
const remembered = <T>(
  values: SharedValues<T>,
  answer: (value: T | undefined) => number,
): ((id: number) => number) => {
  // NOTE: kept with 2 added; 0 means not asked yet.
  const known = new Float64Array(values.bound)
  return (id) => {
    if (known[id] === 0) known[id] = answer(values.at(id)) + 2
    return (known[id] ?? 2) - 2
  }
}

const NOT_WANTED = -1

/** Highest power of the connectors of a kind that are wanted; below 0 when none is. */
const wattsOf = (filters: StationFilters, { connectors, watts }: EvseKind): number => {
  const { plugs, minWatts = 0, connector: isWanted } = filters
  if (plugs === undefined && minWatts === 0 && isWanted === undefined) return watts
  const bits = plugs?.reduce((set, plug) => set | plugBit(plug), 0)
  let most = NOT_WANTED
  for (const connector of connectors) {
    if (bits !== undefined && (bits & plugBit(connector.plug)) === 0) continue
    if (connector.watts < minWatts || isWanted?.(connector) === false) continue
    most = Math.max(most, connector.watts)
  }
  return most
}

const kindWatts = (filters: StationFilters, kind: EvseKind | undefined, isAccessible: boolean): number => {
  if (kind === undefined) return NOT_WANTED
  const { payments, abilities = [], accessible } = filters
  const any = payments?.reduce((set, ability) => set | abilityBit(ability), 0)
  if (any !== undefined && (kind.abilities & any) === 0) return NOT_WANTED
  if (abilities.some((ability) => (kind.abilities & abilityBit(ability)) === 0)) return NOT_WANTED
  if (accessible === true && !isAccessible && (kind.abilities & abilityBit('accessible')) === 0)
    return NOT_WANTED
  return wattsOf(filters, kind)
}

/** What concerns the station as a whole. */
const stationMatch = (
  table: StationTable,
  filters: StationFilters,
  nowMs: number,
): ((slot: number) => boolean) => {
  const { columns, openings, operators, parties, partners } = table
  const { open, operator, party, receivedFrom, published } = filters
  const part = operator?.trim().toLowerCase()
  const tests: ((slot: number) => boolean)[] = []
  if (published !== undefined) tests.push((slot) => (columns.published[slot] === 1) === published)
  if (party !== undefined) {
    const wanted = `${party.countryCode}/${party.partyId}`.toUpperCase()
    const isParty = remembered(parties, (one) =>
      `${one?.countryCode}/${one?.partyId}`.toUpperCase() === wanted ? 1 : 0,
    )
    tests.push((slot) => isParty(columns.party[slot] ?? 0) === 1)
  }
  if (receivedFrom !== undefined) {
    const isPartner = remembered(partners, (id) => (id === receivedFrom ? 1 : 0))
    tests.push((slot) => isPartner(columns.partner[slot] ?? 0) === 1)
  }
  if (part !== undefined && part !== '') {
    const isOperator = remembered(operators, (name) => (name?.toLowerCase().includes(part) ? 1 : 0))
    tests.push((slot) => isOperator(columns.operator[slot] ?? 0) === 1)
  }
  if (open === true) {
    const isOpen = remembered(openings, (times) =>
      times !== undefined && isOpenAt(times, nowMs) === false ? 0 : 1,
    )
    tests.push((slot) => isOpen(columns.opening[slot] ?? 0) === 1)
  }
  return tests.length === 0 ? () => true : (slot) => tests.every((test) => test(slot))
}

const concernsEvses = ({ plugs, minWatts, accessible, payments, abilities, connector }: StationFilters) =>
  [plugs, minWatts, payments, abilities, connector].some((filter) => filter !== undefined) ||
  accessible === true

const takeAll = (table: StationTable, slot: number, wanted: Wanted): void => {
  const { columns } = table
  wanted.evses = columns.evses[slot] ?? 0
  wanted.free = columns.free[slot] ?? 0
  wanted.taken = columns.taken[slot] ?? 0
  wanted.broken = columns.broken[slot] ?? 0
  wanted.watts = columns.watts[slot] ?? 0
}

const createTakeSome = (table: StationTable, filters: StationFilters) => {
  const { kinds, columns, groups } = table
  const anywhere = remembered(kinds, (kind) => kindWatts(filters, kind, false))
  const atAccessible = remembered(kinds, (kind) => kindWatts(filters, kind, true))
  return (slot: number, wanted: Wanted): void => {
    const wattsOfKind = columns.accessible[slot] === 1 ? atAccessible : anywhere
    const own = groups[slot] ?? []
    wanted.evses = wanted.free = wanted.taken = wanted.broken = wanted.watts = 0
    for (let at = 0; at < own.length; at += GROUP) {
      const watts = wattsOfKind(own[at] ?? 0)
      if (watts < 0) continue
      wanted.evses += own[at + 1] ?? 0
      wanted.free += own[at + 2] ?? 0
      wanted.taken += own[at + 3] ?? 0
      wanted.broken += own[at + 4] ?? 0
      wanted.watts = Math.max(wanted.watts, watts)
    }
  }
}

/** Makes filters ready for one query over a table as it is now. */
export const compileFilters = (table: StationTable, filters: StationFilters, nowMs: number): Match => {
  const isWanted = stationMatch(table, filters, nowMs)
  const { free } = filters
  if (!concernsEvses(filters))
    return (slot, wanted) => {
      if (!isWanted(slot)) return false
      takeAll(table, slot, wanted)
      return free !== true || wanted.free > 0
    }
  const takeSome = createTakeSome(table, filters)
  return (slot, wanted) => {
    if (!isWanted(slot)) return false
    takeSome(slot, wanted)
    return wanted.evses > 0 && (free !== true || wanted.free > 0)
  }
}
