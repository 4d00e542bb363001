import { keyText, parentLocationKey } from '../keys/index.js'
import type { Hold, ObjectKey, ReadSet, StoredObject, Upsert, WriteRequest } from '../ports/objects.js'
import { contentHash } from './content-hash.js'
import { addresseeText, type ObjectRow, rowKey, rowObject } from './object-row.js'

/** A row to be stored: the JSON that `upsertObjects` takes. */
export type PendingRow = ObjectRow

/** A status that an EVSE took: the JSON that `insertStatuses` takes. */
export interface StatusRow {
  readonly country_code: string
  readonly party_id: string
  readonly id: string
  readonly status: string
  readonly before: string | null
  readonly last_updated: string
  readonly received_from: string | null
}

const statusOf = ({ status }: StoredObject['document']): string =>
  typeof status === 'string' ? status : 'UNKNOWN'

interface State {
  readonly object: StoredObject
  readonly hash: string
}

const unionOf = (a: readonly string[] | null, b: readonly string[] | null): readonly string[] | null =>
  a === null || b === null ? null : [...new Set([...a, ...b])]

/**
 * The rows of one batch as they are when the turn of each request comes: what was read, overlaid by the outcomes of
 * the requests before. Pure; reading and storing are the caller's.
 */
export class BatchState {
  readonly #committed = new Map<string, State | undefined>()
  readonly #pending = new Map<string, State>()
  readonly #evses = new Map<string, string[]>()
  readonly #replacedTariffs: PendingRow[] = []
  readonly #statuses: StatusRow[] = []
  readonly #holds = new Map<string, { readonly key: ObjectKey; readonly holds: readonly Hold[] }>()
  readonly #now: string
  #seq: number

  constructor(lastSeq: number, now: string) {
    this.#seq = lastSeq
    this.#now = now
  }

  /** Newest sequence number given out. */
  get lastSeq(): number {
    return this.#seq
  }

  /** Whether anything changed that readers are to be told of. */
  get moved(): boolean {
    return [...this.#pending].some(([text, { object }]) => object.changedSeq !== this.#baseSeq(text))
  }

  /** Takes in what was read for `keys` and for the EVSEs of `locations`; keys without a row are known to be missing. */
  load(keys: readonly ObjectKey[], locations: readonly ObjectKey[], rows: readonly ObjectRow[]): void {
    for (const row of rows) {
      const object = rowObject(row)
      this.#committed.set(keyText(object.key), { object, hash: row.content_hash })
    }
    for (const key of keys) {
      const text = keyText(key)
      if (!this.#committed.has(text)) this.#committed.set(text, undefined)
    }
    if (locations.length > 0) this.#loadEvses(locations, rows)
  }

  #loadEvses(locations: readonly ObjectKey[], rows: readonly ObjectRow[]): void {
    const lists = new Map(locations.map((location) => [keyText(location), new Set<string>()]))
    const evses = rows.filter(({ kind }) => kind === 'evse').sort((a, b) => a.created_seq - b.created_seq)
    for (const row of evses) {
      const key = rowKey(row)
      lists.get(keyText(parentLocationKey(key)))?.add(keyText(key))
    }
    for (const [text, list] of lists) this.#evses.set(text, [...list])
  }

  /** Keys among the upserts whose row was not read. */
  unread(upserts: readonly Upsert[]): ObjectKey[] {
    return upserts.map(({ key }) => key).filter((key) => !this.#isKnown(key))
  }

  /** What a request may look at: the rows it asked for, and nothing that others asked for. */
  readSet(request: Pick<WriteRequest<unknown>, 'reads' | 'evsesOf'>): ReadSet {
    const locations = new Set((request.evsesOf ?? []).map(keyText))
    const named = new Set(request.reads.map(keyText))
    const mayRead = (key: ObjectKey): boolean =>
      named.has(keyText(key)) || (key.kind === 'evse' && locations.has(keyText(parentLocationKey(key))))
    return {
      get: (key) => {
        if (!mayRead(key)) throw new Error(`A plan looked at ${keyText(key)} without asking for it`)
        return this.#state(keyText(key))?.object
      },
      evses: (location) => {
        if (!locations.has(keyText(location))) {
          throw new Error(`A plan looked at the EVSEs of ${keyText(location)} without asking for them`)
        }
        const texts = this.#evses.get(keyText(location)) ?? []
        return texts.map((text) => this.#state(text)?.object).filter((object) => object !== undefined)
      },
    }
  }

  /** Applies what a plan decided, all or (when it throws) nothing; returns the keys whose state changed. */
  apply(upserts: readonly Upsert[]): ObjectKey[] {
    const hashed = upserts.map((upsert) => ({ upsert: checked(upsert), hash: contentHash(upsert) }))
    const changed = new Map<string, ObjectKey>()
    for (const { upsert, hash } of hashed) {
      if (this.#applyOne(upsert, hash)) changed.set(keyText(upsert.key), upsert.key)
    }
    return [...changed.values()]
  }

  /** Rows to store, in order of their sequence number. */
  rows(): PendingRow[] {
    const states = [...this.#pending.values()].sort((a, b) => a.object.changedSeq - b.object.changedSeq)
    return states.map(({ object, hash }) => pendingRow(object, hash))
  }

  /** States of tariffs that are no more, also such as lived within the batch only: they are kept (TAR-004). */
  get replacedTariffs(): readonly PendingRow[] {
    return this.#replacedTariffs
  }

  /** Statuses that EVSEs took, also such as lived within the batch only: each is kept. */
  get statuses(): readonly StatusRow[] {
    return this.#statuses
  }

  /** What bookings hold after this batch, where that changed. */
  get holds(): readonly { readonly key: ObjectKey; readonly holds: readonly Hold[] }[] {
    return [...this.#holds.values()]
  }

  #isKnown(key: ObjectKey): boolean {
    if (this.#committed.has(keyText(key))) return true
    return key.kind === 'evse' && this.#evses.has(keyText(parentLocationKey(key)))
  }

  #state(text: string): State | undefined {
    return this.#pending.get(text) ?? this.#committed.get(text)
  }

  #baseSeq(text: string): number {
    return this.#committed.get(text)?.object.changedSeq ?? 0
  }

  #applyOne(upsert: Upsert, hash: string): boolean {
    const text = keyText(upsert.key)
    const before = this.#state(text)
    const deleted = upsert.deleted === true
    if (before !== undefined && (before.object.deletedAt !== null) === deleted) {
      if (deleted) return false
      if (before.hash === hash) {
        this.#adoptSource(text, before, upsert)
        return false
      }
    }
    this.#seq += 1
    if (before !== undefined && upsert.key.kind === 'tariff')
      this.#replacedTariffs.push(pendingRow(before.object, before.hash))
    if (before === undefined && upsert.key.kind === 'evse') {
      this.#evses.get(keyText(parentLocationKey(upsert.key)))?.push(text)
    }
    if (upsert.key.kind === 'evse') this.#noteStatus(upsert, before?.object)
    if (upsert.holds !== undefined) this.#holds.set(text, { key: upsert.key, holds: upsert.holds })
    this.#pending.set(text, { hash, object: this.#changedObject(upsert, before?.object) })
    return true
  }

  #noteStatus(upsert: Upsert, before: StoredObject | undefined): void {
    const status = upsert.deleted === true ? 'REMOVED' : statusOf(upsert.document)
    const was =
      before === undefined ? null : before.deletedAt === null ? statusOf(before.document) : 'REMOVED'
    if (status === was) return
    const { countryCode, partyId, id } = upsert.key
    this.#statuses.push({
      country_code: countryCode,
      party_id: partyId,
      id,
      status,
      before: was,
      last_updated: new Date(upsert.lastUpdated).toISOString(),
      received_from: upsert.receivedFrom,
    })
  }

  /** Same content from another partner or in another version: remembered, but not a change. */
  #adoptSource(text: string, before: State, { versionIn, receivedFrom }: Upsert): void {
    const { object } = before
    if (object.versionIn === versionIn && object.receivedFrom === receivedFrom) return
    this.#pending.set(text, { ...before, object: { ...object, versionIn, receivedFrom } })
  }

  #changedObject(upsert: Upsert, before: StoredObject | undefined): StoredObject {
    const base = this.#baseSeq(keyText(upsert.key))
    const whole = before === undefined || before.deletedAt !== null || upsert.deleted === true
    // Nobody ever sees the states between: a batch leaves one change per object, with all fields it touched.
    const again = before !== undefined && before.changedSeq > base
    const fields = again ? unionOf(before.changedFields, upsert.changedFields) : upsert.changedFields
    return {
      key: upsert.key,
      document: upsert.document,
      lastUpdated: new Date(upsert.lastUpdated).toISOString(),
      versionIn: upsert.versionIn,
      unmapped: upsert.unmapped ?? null,
      receivedFrom: upsert.receivedFrom,
      ...(upsert.addressee === undefined ? {} : { addressee: upsert.addressee }),
      createdSeq: before?.createdSeq ?? this.#seq,
      changedSeq: this.#seq,
      previousSeq: base,
      changedFields: whole ? null : fields,
      deletedAt: upsert.deleted === true ? this.#now : null,
    }
  }
}

const checked = (upsert: Upsert): Upsert => {
  const { key, document, lastUpdated } = upsert
  if (Number.isNaN(Date.parse(lastUpdated))) throw new TypeError(`${keyText(key)}: lastUpdated is not a time`)
  const evses = key.kind === 'location' ? document.evses : undefined
  if (evses !== undefined && (!Array.isArray(evses) || evses.length > 0)) {
    throw new TypeError(`${keyText(key)}: EVSEs are objects of their own, a location document holds none`)
  }
  return upsert
}

const pendingRow = (object: StoredObject, hash: string): PendingRow => ({
  kind: object.key.kind,
  country_code: object.key.countryCode,
  party_id: object.key.partyId,
  id: object.key.id,
  document: object.document,
  last_updated: object.lastUpdated,
  content_hash: hash,
  version_in: object.versionIn,
  unmapped: object.unmapped,
  received_from: object.receivedFrom,
  addressee: object.addressee === undefined ? null : addresseeText(object.addressee),
  created_seq: object.createdSeq,
  changed_seq: object.changedSeq,
  previous_seq: object.previousSeq,
  changed_fields: object.changedFields,
  deleted_at: object.deletedAt,
})
