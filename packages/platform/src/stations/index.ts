export { type Area, type Box, type BoxResult, readBox } from './box.js'
export { type Ability, abilities, type ConnectorKind } from './evse-kind.js'
export type { StationFilters } from './filters.js'
export {
  type BoxQuery,
  boxParameters,
  type FilterQuery,
  filterParameters,
  filtersOf,
  type MapQueryResult,
  readMapQuery,
} from './map-query.js'
export { kilowattText, viewMap, viewPoint } from './map-view.js'
export type { NearQuery, NearStation, NearStations } from './near.js'
export { DEGREE, distanceM, type Place, readPlace } from './place.js'
export { type PlugKind, plugKindOf, plugKinds } from './plugs.js'
export type { MapQuery, StationIndexService, StationIndexState, StationMap } from './port.js'
export { StationIndex, type StationIndexDeps } from './station-index.js'
export type { StationPoint } from './station-point.js'
export type { StationCluster, Viewport } from './viewport.js'
