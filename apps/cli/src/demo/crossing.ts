import { canonicalVersion } from '@interwatt/protocol'
import { at, listAt, textAt } from '../read-json.js'
import type { HeldKind, Holdings, Withheld } from './holdings.js'
import type { Platform } from './platforms.js'

/** A loss of objects on their way to an eMSP: where, why, and how many objects it befell. */
export interface CrossingLoss {
  readonly kind: HeldKind
  /** `*` stands for any position in a list. */
  readonly pointer: string
  readonly reason: string
  readonly objects: number
}

/** What it cost to tell the CPO's objects in the version of an eMSP. */
export interface Crossing {
  /** Objects that were looked at: all locations and tariffs, the newest sessions and CDRs of its drivers. */
  readonly checked: number
  readonly with_losses: number
  /** The most frequent first; of equally frequent ones the one with the shortest pointer. */
  readonly losses: readonly CrossingLoss[]
}

/** One object as a partner is sent it, as the CPO's platform answers. */
interface Shown {
  readonly kind: HeldKind
  readonly id: string
  readonly document: unknown
  readonly withheld: string
  readonly losses: readonly unknown[]
}

/** Asks the CPO what a partner is sent. */
export interface CrossingPlace {
  readonly cpo: Platform
  readonly partnerId: string
}

const PARALLEL = 4
/** Sessions and CDRs looked at for their losses, each. */
const NEWEST = 100
/** Missing objects asked about; while objects are still on their way there may be many. */
const MOST_ASKED = 50

const show = async ({ cpo, partnerId }: CrossingPlace, kind: HeldKind, id: string): Promise<Shown> => {
  const { countryCode, partyId } = cpo.party
  const address = [kind, countryCode, partyId, id].map(encodeURIComponent).join('/')
  const query = `partner=${encodeURIComponent(partnerId)}&losses=true`
  const answer = await cpo.operator.call('GET', `/${address}?${query}`)
  return {
    kind,
    id,
    document: at(answer, 'document'),
    withheld: textAt(answer, 'withheld'),
    losses: listAt(answer, 'losses'),
  }
}

type Named = readonly [kind: HeldKind, id: string]

const showAll = async (place: CrossingPlace, objects: readonly Named[]): Promise<readonly Shown[]> => {
  const queue = [...objects]
  const shown: Shown[] = []
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      shown.push(await show(place, ...next))
  }
  await Promise.all(Array.from({ length: PARALLEL }, work))
  return shown
}

const KINDS = ['locations', 'tariffs', 'sessions', 'cdrs'] as const satisfies readonly HeldKind[]

const starred = (pointer: string): string => pointer.replace(/\/\d+(?=\/|$)/g, '/*')

const reasonFor = (shown: Shown, received: Holdings): string | undefined => {
  if (shown.withheld !== '') return shown.withheld
  if (shown.kind !== 'locations') return undefined
  const evses = received.locations.get(shown.id)
  if (evses === undefined || listAt(shown.document, 'evses').length !== evses) return undefined
  const loss = shown.losses.find((each) => starred(textAt(each, 'pointer')).startsWith('/evses/*'))
  return `some of its EVSEs: ${textAt(loss, 'reason')}`
}

/** The CPO's objects that the eMSP does not hold in full because its version cannot carry them. */
export const readWithheld = async (
  place: CrossingPlace,
  own: Holdings,
  received: Holdings,
): Promise<readonly Withheld[]> => {
  const missing = KINDS.flatMap((kind) =>
    [...own[kind].keys()]
      .filter((id) => !received[kind].has(id) || incomplete(kind, id, own, received))
      .map((id): Named => [kind, id]),
  )
  const shown = await showAll(place, missing.slice(0, MOST_ASKED))
  return shown.flatMap((each) => {
    const reason = reasonFor(each, received)
    return reason === undefined ? [] : [{ kind: each.kind, id: each.id, reason }]
  })
}

const incomplete = (kind: HeldKind, id: string, own: Holdings, received: Holdings): boolean =>
  kind === 'locations' && own.locations.get(id) !== received.locations.get(id)

/** Counts the losses of objects by kind, place and reason. */
export const countLosses = (
  objects: readonly { readonly kind: HeldKind; readonly losses: readonly unknown[] }[],
): Crossing => {
  const counts = new Map<string, CrossingLoss>()
  for (const { kind, losses } of objects) {
    const seen = new Map(
      losses.map((loss) => {
        const [pointer, reason] = [starred(textAt(loss, 'pointer')), textAt(loss, 'reason')]
        return [JSON.stringify([kind, pointer, reason]), { kind, pointer, reason }] as const
      }),
    )
    for (const [key, loss] of seen) counts.set(key, { ...loss, objects: (counts.get(key)?.objects ?? 0) + 1 })
  }
  return {
    checked: objects.length,
    with_losses: objects.filter(({ losses }) => losses.length > 0).length,
    losses: [...counts.values()].sort((a, b) => b.objects - a.objects || a.pointer.length - b.pointer.length),
  }
}

/** What the way to an eMSP costs the CPO's objects; nothing is asked where it speaks the version they are stored in. */
export const readCrossing = async (
  place: CrossingPlace,
  version: string,
  own: Holdings,
): Promise<Crossing> => {
  if (version === canonicalVersion.id) return countLosses([])
  const objects = KINDS.flatMap((kind) => {
    const ids = [...own[kind].keys()]
    const chosen = kind === 'sessions' || kind === 'cdrs' ? ids.slice(-NEWEST) : ids
    return chosen.map((id): Named => [kind, id])
  })
  return countLosses(await showAll(place, objects))
}
