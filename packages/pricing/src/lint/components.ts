import type { ocpi230 } from '@interwatt/protocol'
import type { Dimension } from '../tariff/compile-tariffs.js'
import { type Extent, extentOf } from '../tariff/extent.js'
import { type ElementKind, kindOf } from '../tariff/family.js'

/** A price component where it stands. */
export interface PlacedComponent {
  readonly kind: ElementKind
  readonly dimension: Dimension
  readonly component: ocpi230.PriceComponent
  readonly restrictions: ocpi230.TariffRestrictions | undefined
  readonly extent: Extent
  readonly elementIndex: number
  /** JSON Pointer of the component. */
  readonly pointer: string
  /** Whether its element has the dimension before: it never counts then (TAR-047). */
  readonly repeated: boolean
}

/** Every component of a tariff in order. */
export const componentsOf = ({ elements }: ocpi230.Tariff): readonly PlacedComponent[] =>
  elements.flatMap((element, elementIndex) => {
    const extent = extentOf(element.restrictions)
    return element.price_components.map((component, index) => ({
      kind: kindOf(element),
      dimension: component.type,
      component,
      restrictions: element.restrictions,
      extent,
      elementIndex,
      pointer: `/elements/${elementIndex}/price_components/${index}`,
      repeated: element.price_components.findIndex(({ type }) => type === component.type) < index,
    }))
  })

/** Components that are looked at one after the other: of one dimension and one kind of element. */
export interface ComponentGroup {
  readonly kind: ElementKind
  readonly dimension: Dimension
  readonly members: readonly [PlacedComponent, ...PlacedComponent[]]
}

/** Groups of components in the order in which they first appear. */
export const groupsOf = (tariff: ocpi230.Tariff): readonly ComponentGroup[] => {
  const groups = new Map<string, [PlacedComponent, ...PlacedComponent[]]>()
  for (const placed of componentsOf(tariff)) {
    if (placed.repeated) continue
    const key = `${placed.kind} ${placed.dimension}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [placed])
    else known.push(placed)
  }
  return [...groups.values()].map((members) => ({
    kind: members[0].kind,
    dimension: members[0].dimension,
    members,
  }))
}

/** Components that price charging, each once. */
export const chargingOf = (tariff: ocpi230.Tariff, dimension?: Dimension): readonly PlacedComponent[] =>
  componentsOf(tariff).filter(
    ({ kind, repeated, dimension: own }) =>
      kind === 'ORDINARY' && !repeated && (dimension === undefined || own === dimension),
  )
