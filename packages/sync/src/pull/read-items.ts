import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type CrossingFacts,
  type Finding,
  isJsonObject,
  lift,
  type PartyId,
  parseDateTime,
  parseDocument,
  partyOf,
  type Schema,
  type VersionId,
  versionOf,
  withExamples,
} from '@interwatt/protocol'
import type { Document, ObjectKey, Partner } from '@interwatt/store'
import type { PulledItem, PulledName } from '../ports.js'
import { keyOfItem } from './item-key.js'
import { lists, mayOwn, type PullLeg, type PullModule } from './pull-legs.rules.js'

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

/** The document that a list holds. */
export const nameOf = (list: PullModule): PulledName => lists[list].name

/** What the contract of the version says the list holds, which may be more tolerant than what is sent. */
const schemaOfList = (version: VersionId, list: PullModule): Schema | undefined =>
  versionOf(version)
    ?.modules.flatMap((module) => module.endpoints)
    .find(({ operation }) => operation === lists[list].operation)?.data?.schema

interface Source {
  readonly module: PullModule
  readonly partner: Partner
  readonly version: VersionId
  readonly leg: PullLeg
  /** Agreed with the partner: free texts that are too long are cut. */
  readonly cutLongTexts?: boolean
  /** What the version leaves to the surroundings of its documents. */
  readonly facts: CrossingFacts
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
      skipped.push({
        index,
        id: idOf(value),
        findings: read.findings,
        key: keyOfItem(source.module, value, {
          partnerId: source.partner.id,
          owner: unnamedOwner(source),
        }),
      })
  }
  return { items, skipped }
}

const readItem = (value: unknown, source: Source): PulledItem | { readonly findings: readonly Finding[] } => {
  const name = nameOf(source.module)
  const schema = schemaOfList(source.version, source.module)
  if (schema === undefined) return { findings: [] }
  const parsed = parseDocument(schema, value, 'whole', { cutLongTexts: source.cutLongTexts === true })
  const findings = withExamples(parsed.findings, value)
  if (!parsed.ok || !isJsonObject(parsed.value)) return { findings }
  const received = parsed.value
  const lifted = lift(name, source.version, received, 'whole', source.facts)
  const owner = ownerOf(lifted.document, source)
  const foreign = foreignOwner(owner, source)
  if (foreign !== undefined) return { findings: [foreign] }
  return {
    document: { ...lifted.document },
    received,
    unmapped: lifted.unmapped,
    findings,
    owner,
    askedFor: source.leg.from,
  }
}

/** The owner of objects whose documents do not name theirs: who was asked, or who is at the other end of the connection. */
const unnamedOwner = ({ module, leg, facts }: Source): PartyId | undefined =>
  lists[module].module === 'payments' ? leg.to : facts.owner

/** Whose the object is. */
const ownerOf = (document: Document, source: Source): PartyId => {
  const { country_code: country, party_id: party } = document
  const unnamed = unnamedOwner(source)
  if (unnamed !== undefined) return unnamed
  return typeof country === 'string' && typeof party === 'string' ? partyOf(country, party) : source.leg.to
}

const foreignOwner = (owner: PartyId, { module, partner }: Source): Finding | undefined => {
  if (mayOwn(module, partner, owner)) return undefined
  return {
    pointer: '/party_id',
    code: 'rule_broken',
    message: `${owner.countryCode}*${owner.partyId} is not a party of this partner`,
    rule: 'TRN-083',
    severity: 'error',
  }
}

const idOf = (value: unknown): string => {
  if (!isJsonObject(value)) return ''
  const id = value.id ?? value.uid ?? value.terminal_id
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
