import { type Finding, foldCase, type PartyId } from '@interwatt/protocol'
import { type ObjectLookup, type ObjectStore, type StoredObject, tariffKey } from '@interwatt/store'
import { comparedTariffs, overlapMessage, overlapsOf } from '../modules/tariffs/overlap.rules.js'
import type { PartyFinding } from '../services.js'

/** Questions for overlapping tariffs over stored objects. */
export interface TariffOverlaps {
  /** Of one location with its EVSEs, or of one EVSE; pointers are into its document. Reads nothing while no connector lists two tariffs. */
  of(object: StoredObject): Promise<readonly Finding[]>
  /** Of all EVSEs in use of a party, by key; at most `limit`. */
  ofParty(party: PartyId, limit: number): Promise<readonly PartyFinding[]>
}

const BATCH = 500

const evsesIn = ({
  key,
  document,
}: StoredObject): readonly { pointer: string; evse: StoredObject['document'] }[] => {
  if (key.kind === 'evse') return [{ pointer: '', evse: document }]
  const evses: readonly StoredObject['document'][] = Array.isArray(document.evses) ? document.evses : []
  return evses.flatMap((evse, index) =>
    evse.status === 'REMOVED' ? [] : [{ pointer: `/evses/${index}`, evse }],
  )
}

/** Finds connectors whose tariffs are of one type and valid at the same time (LOC-129, TAR-048). */
export const createTariffOverlaps = (deps: {
  readonly objects: Pick<ObjectStore, 'getMany'>
  readonly lookup: Pick<ObjectLookup, 'evsesWithTariffs'>
}): TariffOverlaps => {
  const tariffsOf = async (party: PartyId, ids: readonly string[]) => {
    const wanted = [...new Set(ids.map(foldCase))]
    const stored =
      wanted.length === 0 ? [] : await deps.objects.getMany(wanted.map((id) => tariffKey(party, id)))
    const known = new Map(
      stored.map((tariff, index) => [
        wanted[index],
        tariff?.deletedAt === null ? tariff.document : undefined,
      ]),
    )
    return (id: string) => known.get(foldCase(id))
  }

  const of: TariffOverlaps['of'] = async (object) => {
    if (object.key.kind !== 'location' && object.key.kind !== 'evse') return []
    const evses = evsesIn(object)
    const ids = evses.flatMap(({ evse }) => comparedTariffs(evse))
    if (ids.length === 0) return []
    const tariffOf = await tariffsOf(object.key, ids)
    return evses.flatMap(({ pointer, evse }) =>
      overlapsOf(evse, tariffOf).map((overlap) => ({
        pointer: `${pointer}/connectors/${overlap.connectorIndex}/tariff_ids`,
        code: 'rule_broken' as const,
        message: overlapMessage(overlap),
        rule: 'LOC-129',
        severity: 'warning' as const,
      })),
    )
  }

  const ofParty: TariffOverlaps['ofParty'] = async (party, limit) => {
    const found: PartyFinding[] = []
    let after = ''
    while (found.length < limit) {
      const evses = await deps.lookup.evsesWithTariffs(party, after, BATCH)
      for (const evse of evses)
        for (const finding of await of(evse)) found.push({ ...finding, object: evse.key })
      after = evses.at(-1)?.key.id ?? ''
      if (evses.length < BATCH) break
    }
    return found.slice(0, limit)
  }

  return { of, ofParty }
}
