import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type Finding,
  isJsonObject,
  lift,
  parseDateTime,
  parseDocument,
  partyOf,
  schemaOf,
  type VersionId,
} from '@interwatt/protocol'
import type { Document, ObjectKey, Partner } from '@interwatt/store'
import type { PulledItem, PulledName } from '../ports.js'
import { keyOfItem } from './item-key.js'
import { mayOwn, type PullLeg, type PullModule } from './pull-legs.rules.js'

/** An object of a page that was passed over, and why. */
export interface SkippedItem {
  /** Position on the page. */
  readonly index: number
  readonly id: string
  readonly findings: readonly Finding[]
  /** Which object it is, as far as it can be told. */
  readonly key: ObjectKey | undefined
}

export interface ReadItems {
  readonly items: readonly PulledItem[]
  readonly skipped: readonly SkippedItem[]
}

/** The document that a module's list holds. */
export const nameOf: Readonly<Record<PullModule, PulledName>> = {
  tariffs: 'tariff',
  locations: 'location',
  tokens: 'token',
  sessions: 'session',
  cdrs: 'cdr',
  booking_locations: 'booking_location',
  bookings: 'booking',
}

interface Source {
  readonly module: PullModule
  readonly partner: Partner
  readonly version: VersionId
  readonly leg: PullLeg
}

/** Objects read before others get their turn: a large page must not hold up deliveries. */
const itemsPerTurn = 20

/** Reads the good objects of a page; bad ones and those of foreign parties are passed over (TRN-078, TRN-083). */
export const readItems = async (data: unknown, source: Source): Promise<ReadItems> => {
  const items: PulledItem[] = []
  const skipped: SkippedItem[] = []
  const values: readonly unknown[] = Array.isArray(data) ? data : []
  for (const [index, value] of values.entries()) {
    if (index > 0 && index % itemsPerTurn === 0) await nextTurn()
    const read = readItem(value, source)
    if ('document' in read) items.push(read)
    else
      skipped.push({ index, id: idOf(value), findings: read.findings, key: keyOfItem(source.module, value) })
  }
  return { items, skipped }
}

const readItem = (value: unknown, source: Source): PulledItem | { readonly findings: readonly Finding[] } => {
  const name = nameOf[source.module]
  const schema = schemaOf(source.version, name)
  if (schema === undefined) return { findings: [] }
  const parsed = parseDocument(schema, value, 'whole')
  if (!parsed.ok || !isJsonObject(parsed.value)) return { findings: parsed.findings }
  const received = parsed.value
  const lifted = lift(name, source.version, received, 'whole')
  const foreign = foreignOwner(lifted.document, source)
  if (foreign !== undefined) return { findings: [foreign] }
  return { document: { ...lifted.document }, received, unmapped: lifted.unmapped, findings: parsed.findings }
}

const foreignOwner = (document: Document, { module, partner }: Source): Finding | undefined => {
  const { country_code: country, party_id: party } = document
  if (typeof country !== 'string' || typeof party !== 'string') return undefined
  if (mayOwn(module, partner, partyOf(country, party))) return undefined
  return {
    pointer: '/party_id',
    code: 'rule_broken',
    message: `${country}*${party} is not a party of this partner`,
    rule: 'TRN-083',
    severity: 'error',
  }
}

const idOf = (value: unknown): string => {
  if (!isJsonObject(value)) return ''
  const id = value.id ?? value.uid
  return typeof id === 'string' ? id.slice(0, 60) : ''
}

/** The later of a watermark and the `last_updated` of some objects, as ISO text in UTC. */
export const watermarkOf = (watermark: string | null, items: readonly PulledItem[]): string | null => {
  let latestMs = watermark === null ? Number.NEGATIVE_INFINITY : Date.parse(watermark)
  for (const { document } of items) {
    const at = typeof document.last_updated === 'string' ? parseDateTime(document.last_updated) : undefined
    if (at !== undefined && at.epochMs > latestMs) latestMs = at.epochMs
  }
  return Number.isFinite(latestMs) ? new Date(latestMs).toISOString() : null
}
