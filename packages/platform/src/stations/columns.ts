/** Numbers of every station of a table, one array for each sort; a slot of them is a station, or free. */
export interface Columns {
  /** 1 where the slot holds a station. */
  readonly live: Uint8Array
  /** 1e-7 degrees. */
  readonly lat: Int32Array
  readonly lon: Int32Array
  /** On the map; see `mercatorX`. */
  readonly x: Uint32Array
  readonly y: Uint32Array
  /** EVSEs, and how many of them are free, taken and broken. */
  readonly evses: Uint16Array
  readonly free: Uint16Array
  readonly taken: Uint16Array
  readonly broken: Uint16Array
  /** Highest power of a connector. */
  readonly watts: Uint32Array
  /** 1 where the location is published. */
  readonly published: Uint8Array
  /** 1 where the location has parking for disabled people. */
  readonly accessible: Uint8Array
  /** Newest `last_updated` of an EVSE in seconds since 1970; 0 when there is none. */
  readonly statusAtS: Uint32Array
  /** Ids of values that stations share. */
  readonly opening: Uint32Array
  readonly operator: Uint32Array
  readonly party: Uint32Array
  readonly partner: Uint32Array
}

const kept = <C extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(column: C, old?: C): C => {
  if (old !== undefined) column.set(old)
  return column
}

/** Columns for so many slots, with what others held. */
export const createColumns = (slots: number, old?: Columns): Columns => ({
  live: kept(new Uint8Array(slots), old?.live),
  lat: kept(new Int32Array(slots), old?.lat),
  lon: kept(new Int32Array(slots), old?.lon),
  x: kept(new Uint32Array(slots), old?.x),
  y: kept(new Uint32Array(slots), old?.y),
  evses: kept(new Uint16Array(slots), old?.evses),
  free: kept(new Uint16Array(slots), old?.free),
  taken: kept(new Uint16Array(slots), old?.taken),
  broken: kept(new Uint16Array(slots), old?.broken),
  watts: kept(new Uint32Array(slots), old?.watts),
  published: kept(new Uint8Array(slots), old?.published),
  accessible: kept(new Uint8Array(slots), old?.accessible),
  statusAtS: kept(new Uint32Array(slots), old?.statusAtS),
  opening: kept(new Uint32Array(slots), old?.opening),
  operator: kept(new Uint32Array(slots), old?.operator),
  party: kept(new Uint32Array(slots), old?.party),
  partner: kept(new Uint32Array(slots), old?.partner),
})
