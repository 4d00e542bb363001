import {
  OcpiRefusal,
  type PartyId,
  partyLabel,
  partyOf,
  type RefusalReason,
  sameParty,
} from '@interwatt/protocol'
import type { Call, Reply } from '@interwatt/server'
import {
  type Document,
  liftingFacts,
  type ObjectKey,
  type ObjectLookup,
  type ObjectStore,
  type ReadSet,
  type StoredObject,
  UnstorableDocument,
} from '@interwatt/store'
import type { Directory } from '../directory/partner-directory.js'
import { assertMayOwn, hasOwnSource, type moduleRoles } from './access.rules.js'
import type { Origin } from './incoming.js'
import type { Planned, Verdict } from './plan-write.js'

/** What every module handler works with. */
export interface ModuleDeps {
  readonly objects: ObjectStore
  readonly lookup: ObjectLookup
  readonly directory: Directory
  readonly publicUrl: string
  readonly now: () => number
}

/** What every call has, whatever its operation. */
export type AnyCall = Pick<
  Call,
  'caller' | 'version' | 'page' | 'query' | 'received' | 'routing' | 'correlationId'
> & { readonly params: Readonly<Record<string, string>> }

/** Whose objects a call is about: the party in the URL, else the one it comes from. */
const ownerNamed = ({ params, routing }: AnyCall): PartyId | undefined => {
  const { country_code: country, party_id: party } = params
  return country === undefined || party === undefined ? routing.from : partyOf(country, party)
}

/** Where a call's body comes from, for lifting and ordering. */
export const originOf = (call: AnyCall, now: () => number): Origin => ({
  version: call.version,
  receivedFrom: call.caller.partnerId,
  nowMs: now(),
  facts: { owner: ownerNamed(call) },
})

/** The same, with the tokens that the body names by contract alone. */
export const originFor = async (
  deps: Pick<ModuleDeps, 'lookup' | 'now'>,
  call: AnyCall,
  received: Document,
): Promise<Origin> => ({
  ...originOf(call, deps.now),
  facts: await liftingFacts(deps.lookup, call.version, [received], {
    owner: ownerNamed(call),
    tokenOwner: call.routing.to,
  }),
})

/** Refuses a party whose data this caller may not bring: foreign, in the wrong role, or with a source of its own. */
export const assertMayBring = (
  deps: Pick<ModuleDeps, 'directory'>,
  caller: Call['caller'],
  module: keyof typeof moduleRoles,
  party: PartyId,
  foreign: 'unknownParty' | 'invalid' = 'unknownParty',
): void => {
  assertMayOwn(caller, module, party, foreign)
  if (hasOwnSource(deps.directory, caller, module, party))
    throw new OcpiRefusal(foreign, `Party ${partyLabel(party)} does not come through this connection.`)
}

/** The party of the path, checked to be one the caller may write under. */
export const ownerInPath = (
  deps: Pick<ModuleDeps, 'directory'>,
  call: {
    readonly caller: Call['caller']
    readonly params: { readonly country_code: string; readonly party_id: string }
  },
  module: keyof typeof moduleRoles,
) => {
  const party = partyOf(call.params.country_code, call.params.party_id)
  assertMayBring(deps, call.caller, module, party)
  return party
}

/** Whether a received object may be shown to a caller: it came from there, or belongs to one of its own parties. */
export const mayReadBack = (caller: Call['caller'], stored: StoredObject): boolean =>
  stored.receivedFrom === caller.partnerId || caller.roles.some(({ party }) => sameParty(party, stored.key))

/** Turns the verdict of a write into the answer of the specification: 201 or 200, 404, 2001. */
const replyTo = (verdict: Verdict, unknown: RefusalReason): Reply => {
  switch (verdict.kind) {
    case 'created':
      return { kind: 'data', created: true }
    case 'updated':
    case 'stale':
      return { kind: 'data' }
    case 'unknown_object':
      throw new OcpiRefusal(unknown, 'There is no such object here; PUT it first.')
    case 'unknown_parent':
      throw new OcpiRefusal(
        'unknownLocation',
        'The object this one belongs to is not known here; PUT that first.',
      )
    case 'conflict':
      throw new OcpiRefusal('invalid', verdict.reason)
    case 'invalid':
      throw new OcpiRefusal(
        'invalid',
        verdict.findings
          .map((finding) => `${finding.pointer} ${finding.message} (${finding.rule})`)
          .join('; '),
      )
  }
}

interface Write {
  readonly reads: readonly ObjectKey[]
  readonly evsesOf?: readonly ObjectKey[]
  plan(read: ReadSet): Planned
}

/** Writes and answers; `changed` tells whether anything was stored. */
export const receive = async (
  deps: Pick<ModuleDeps, 'objects'>,
  write: Write,
  unknown: RefusalReason,
): Promise<{ readonly reply: Reply; readonly changed: boolean }> => {
  const outcome = await deps.objects.write(write).catch((error: unknown) => {
    if (!(error instanceof UnstorableDocument)) throw error
    throw new OcpiRefusal('invalid', 'The object holds something that cannot be stored.')
  })
  return { reply: replyTo(outcome.result, unknown), changed: outcome.changed.length > 0 }
}
