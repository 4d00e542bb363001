import type { JsonSchema } from '@interwatt/protocol'
import { type Box, readBox } from './box.js'
import type { Ability } from './evse-kind.js'
import type { StationFilters } from './filters.js'
import { type PlugKind, plugKinds } from './plugs.js'
import type { MapQuery } from './port.js'

const PAYMENTS = ['card', 'app', 'contactless', 'rfid'] as const satisfies readonly Ability[]

const several = (values: readonly string[], description: string): JsonSchema => ({
  type: 'array',
  items: { type: 'string', enum: [...values] },
  maxItems: values.length,
  description,
})

/** Parameters of a query that filter stations, the same wherever stations are asked for; see `filtersOf`. */
export const filterParameters = {
  plug: several(plugKinds, 'Kind of plug; several times: one of them'),
  min_kw: { type: 'number', minimum: 0, maximum: 100_000, description: 'Least power of the connector in kW' },
  free: { type: 'boolean', description: 'true: with an EVSE that is free' },
  open: { type: 'boolean', description: 'true: open now, or without opening times' },
  accessible: { type: 'boolean', description: 'true: with parking for disabled people' },
  payment: several(PAYMENTS, 'How it is paid or started at the EVSE; several times: one of them'),
  operator: { type: 'string', maxLength: 100, description: 'Part of the name of the operator' },
} as const satisfies Readonly<Record<string, JsonSchema>>

/** Values of `filterParameters`. */
export interface FilterQuery {
  readonly plug?: readonly PlugKind[]
  readonly min_kw?: number
  readonly free?: boolean
  readonly open?: boolean
  readonly accessible?: boolean
  readonly payment?: readonly Ability[]
  readonly operator?: string
}

/** The filters that a query names. */
export const filtersOf = ({
  plug,
  min_kw,
  free,
  open,
  accessible,
  payment,
  operator,
}: FilterQuery): StationFilters => ({
  ...(plug === undefined || plug.length === 0 ? {} : { plugs: plug }),
  ...(min_kw === undefined || min_kw === 0 ? {} : { minWatts: Math.round(min_kw * 1_000) }),
  ...(free === undefined ? {} : { free }),
  ...(open === undefined ? {} : { open }),
  ...(accessible === undefined ? {} : { accessible }),
  ...(payment === undefined || payment.length === 0 ? {} : { payments: payment }),
  ...(operator === undefined ? {} : { operator }),
})

const degrees = (description: string): JsonSchema => ({ type: 'number', description })

/** Parameters of a query that name a part of a map. */
export const boxParameters = {
  west: degrees(
    'Degrees; beyond ±180 is turned back into the world, west above east crosses the antimeridian',
  ),
  south: degrees('Degrees'),
  east: degrees('Degrees'),
  north: degrees('Degrees'),
  zoom: { type: 'number', minimum: 0, maximum: 24, description: 'The world is 512 pixels wide at 0' },
} as const satisfies Readonly<Record<string, JsonSchema>>

/** Values of `boxParameters`. */
export interface BoxQuery extends Box {
  readonly zoom: number
}

/** What a query asks of a map, or why it is none. */
export type MapQueryResult =
  | { readonly kind: 'map'; readonly map: MapQuery }
  | { readonly kind: 'wrong'; readonly why: string }

/** Reads a query with `boxParameters` and `filterParameters`. */
export const readMapQuery = (query: BoxQuery & FilterQuery): MapQueryResult => {
  // NOTE: 1e400 in an address is read as Infinity, which the bounds of a schema let pass.
  if (!Number.isFinite(query.zoom)) return { kind: 'wrong', why: 'zoom is a number from 0 to 24.' }
  if (!Number.isFinite(query.min_kw ?? 0)) return { kind: 'wrong', why: 'min_kw is a number.' }
  const read = readBox(query)
  if (read.kind === 'wrong') return read
  return { kind: 'map', map: { area: read.area, zoom: query.zoom, filters: filtersOf(query) } }
}
