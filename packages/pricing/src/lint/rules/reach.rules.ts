import {
  AXES,
  type Axis,
  type Extent,
  isCovered,
  isEmpty,
  isUnrestricted,
  overlap,
  type Place,
  uncoveredPlace,
} from '../../tariff/extent.js'
import { WEEKDAYS } from '../../tariff/restriction.js'
import { type ComponentGroup, groupsOf, type PlacedComponent } from '../components.js'
import type { Found, LintRule, LintSeverity } from '../finding.js'

/** Beyond so many elements for one dimension they are not compared with each other. */
const MAX_COMPARED = 100

const unreachableIn = ({ members, dimension }: ComponentGroup): readonly Found[] =>
  members.flatMap((placed, index) => {
    const before = members.slice(0, index)
    const earlier =
      members.length > MAX_COMPARED ? before.filter(({ extent }) => isUnrestricted(extent)) : before
    if (earlier.length === 0 || isEmpty(placed.extent)) return []
    if (
      isCovered(
        placed.extent,
        earlier.map(({ extent }) => extent),
      ) !== true
    )
      return []
    const open = earlier.find(({ extent }) => isUnrestricted(extent))
    const why =
      open === undefined
        ? 'the elements before it hold whenever it does'
        : `element ${open.elementIndex} before it always holds`
    return [
      {
        pointer: placed.pointer,
        message: `This ${dimension} price is never charged: ${why}. Move its element up, or remove the component.`,
      },
    ]
  })

/** A component that earlier elements always take its dimension from. */
const unreachable: LintRule = {
  code: 'unreachable-component',
  severity: 'warning',
  rules: ['TAR-031'],
  find: ({ tariff }) => groupsOf(tariff).flatMap(unreachableIn),
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const SAID: Readonly<Record<Axis, (at: number) => string>> = {
  timeOfDay: (at) => `at ${clock(at)}`,
  weekday: (at) => `on ${WEEKDAYS[at] ?? ''}`,
  date: (at) =>
    Number.isFinite(at)
      ? `on ${new Date(at * 86_400_000).toISOString().slice(0, 10)}`
      : 'before the first date',
  energy: (at) => `from ${at} kWh on`,
  duration: (at) => `after ${at} s`,
  power: (at) => `at ${at} kW`,
  current: (at) => `at ${at} A`,
}

/** The axes a group restricts, where the uncovered place is. */
const placeText = (place: Place, extents: readonly Extent[]): string => {
  const axes = AXES.filter((axis) =>
    extents.some((extent) => !extent[axis].some(({ from, to }) => from === -Infinity && to === Infinity)),
  )
  return axes.map((axis) => SAID[axis](place[axis])).join(', ')
}

/** A gap in the energy price is a surprise to the operator; one in the price of parking usually is meant. */
const gapSeverity = (
  { kind, dimension }: ComponentGroup,
  groups: readonly ComponentGroup[],
): LintSeverity => {
  if (kind !== 'ORDINARY' || dimension === 'PARKING_TIME') return 'hint'
  const hasEnergy = groups.some((group) => group.kind === 'ORDINARY' && group.dimension === 'ENERGY')
  return dimension === 'TIME' && hasEnergy ? 'hint' : 'warning'
}

/** A dimension that has a price at some times, energies or powers and none at others. */
const gap: LintRule = {
  code: 'gap-without-fallback',
  severity: 'warning',
  rules: ['TAR-033', 'TAR-032'],
  find({ tariff }) {
    const groups = groupsOf(tariff)
    return groups.flatMap((group) => {
      if (group.dimension === 'FLAT') return []
      const extents = group.members.map(({ extent }) => extent)
      const place = uncoveredPlace(extents)
      if (place === undefined) return []
      const last = group.members.at(-1)?.elementIndex ?? 0
      return [
        {
          pointer: `/elements/${last}`,
          message:
            `Where no element holds, such as ${placeText(place, extents)}, ${group.dimension} costs nothing. ` +
            'End the list with an element for it without restrictions; give it the price 0 if that is meant.',
          severity: gapSeverity(group, groups),
        },
      ]
    })
  },
}

const samePrice = (a: PlacedComponent, b: PlacedComponent): boolean =>
  a.component.price === b.component.price && a.component.vat === b.component.vat

const overlapsIn = ({ members, dimension }: ComponentGroup): readonly Found[] =>
  members.flatMap((placed, index) =>
    members.slice(0, index).flatMap((earlier): readonly Found[] => {
      if (samePrice(placed, earlier) || isUnrestricted(placed.extent) || isUnrestricted(earlier.extent))
        return []
      if (!overlap(placed.extent, earlier.extent)) return []
      // One inside of the other is the usual way to write steps: the narrower element first.
      const nested =
        isCovered(earlier.extent, [placed.extent]) !== false ||
        isCovered(placed.extent, [earlier.extent]) !== false
      if (nested) return []
      return [
        {
          pointer: placed.pointer,
          message:
            `Elements ${earlier.elementIndex} and ${placed.elementIndex} both have a ${dimension} price for some moments; ` +
            `there that of element ${earlier.elementIndex} is charged. Make the restrictions meet without overlapping, or check the order.`,
        },
      ]
    }),
  )

/** Two elements that hold at the same moments, neither within the other. */
const overlapping: LintRule = {
  code: 'overlapping-elements',
  severity: 'hint',
  rules: ['TAR-031', 'TAR-074'],
  find: ({ tariff }) =>
    groupsOf(tariff).flatMap((group) => (group.members.length > MAX_COMPARED ? [] : overlapsIn(group))),
}

/** Rules about which element is ever chosen. */
export const reachRules: readonly LintRule[] = [unreachable, gap, overlapping]
