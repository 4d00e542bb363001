import { type PartyId, partyOf } from '@interwatt/protocol'
import type { ObjectLookup, StoredObject } from '@interwatt/store'
import { codeKey, readPrintedCode } from './printed-code.rules.js'

/** An EVSE that a code names. */
export interface CodeMatch {
  readonly owner: PartyId
  readonly locationKeyId: string
  readonly evse: StoredObject
}

/** What a code names. `several`: it fits more than one EVSE, and nobody guesses. */
export type FoundByCode =
  | { readonly kind: 'one'; readonly match: CodeMatch }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly count: number }

/** Beyond this it does not matter how many there are. */
const MOST_MATCHES = 20

type Field = 'evse_id' | 'physical_reference'

const spelt = (evse: StoredObject, field: Field): string => String(evse.document[field] ?? '').toUpperCase()

const matchOf = (evse: StoredObject): CodeMatch => ({
  owner: partyOf(evse.key.countryCode, evse.key.partyId),
  locationKeyId: evse.key.id.slice(0, evse.key.id.indexOf('/')),
  evse,
})

/** One where there is one; of several the one that is spelt exactly as asked, when only one is. */
const decide = (
  found: readonly { readonly evse: StoredObject; readonly code: string }[],
  field: Field,
): FoundByCode => {
  const byKey = new Map(found.map((one) => [JSON.stringify(one.evse.key), one]))
  const distinct = [...byKey.values()]
  const exact = distinct.filter(({ evse, code }) => spelt(evse, field) === code.toUpperCase())
  const [only] = distinct.length === 1 ? distinct : exact.length === 1 ? exact : []
  if (only !== undefined) return { kind: 'one', match: matchOf(only.evse) }
  return distinct.length === 0 ? { kind: 'none' } : { kind: 'several', count: distinct.length }
}

/** Where codes are looked up. */
export interface FindByCodeDeps {
  readonly lookup: Pick<ObjectLookup, 'evsesByCode'>
  /** Those of these EVSEs that drivers may see. */
  shown(evses: readonly StoredObject[]): Promise<readonly StoredObject[]>
}

/** Finds the EVSE that a typed or scanned text names; only those count that drivers may see. */
export const findByCode = async ({ lookup, shown }: FindByCodeDeps, text: string): Promise<FoundByCode> => {
  const { evseIds, references } = readPrintedCode(text)
  const search = async (field: Field, codes: readonly string[]): Promise<FoundByCode> => {
    const found = await Promise.all(
      codes.map(async (code) =>
        (await shown(await lookup.evsesByCode(field, codeKey(code), MOST_MATCHES))).map((evse) => ({
          evse,
          code,
        })),
      ),
    )
    return decide(found.flat(), field)
  }
  const byId = await search('evse_id', evseIds)
  if (byId.kind !== 'none') return byId
  // NOTE: some operators print what they send as EVSE id in a form that is none.
  const asId = await search('evse_id', references)
  return asId.kind !== 'none' ? asId : search('physical_reference', [...evseIds, ...references])
}
