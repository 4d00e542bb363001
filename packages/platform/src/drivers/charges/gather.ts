import { foldCase, isJsonObject, type PartyId } from '@interwatt/protocol'
import {
  type ChargeReading,
  type Command,
  type CommandStore,
  type Document,
  type DriverCharge,
  type DriverChargeStore,
  evseKey,
  locationKey,
  type ObjectKey,
  type ObjectLookup,
  type ObjectStore,
  type SessionCostRecord,
  type StoredObject,
} from '@interwatt/store'
import type { ConversationService } from '../../conversation/conversation-service.js'
import type { StartExplanation } from '../../conversation/why/start.rules.js'
import type { PriceService } from '../../prices/price-service.js'
import { type StateOfCharge, stateOfCharge } from './charge-state.rules.js'

/** Where everything about charges is read. */
export interface GatherDeps {
  readonly charges: Pick<DriverChargeStore, 'readings'>
  readonly commands: Pick<CommandStore, 'get' | 'sentWithReference'>
  readonly objects: Pick<ObjectStore, 'get'>
  readonly lookup: Pick<ObjectLookup, 'cdrsOfSession' | 'byAuthorizationReference' | 'creditsOf'>
  readonly prices: Pick<PriceService, 'session'>
  readonly conversation: Pick<ConversationService, 'why'>
  now(): number
}

/** Where a charge is, as far as it is known. */
export interface ChargePlace {
  readonly locationId: string | null
  readonly evseUid: string | null
  readonly connectorId: string | null
  /** The stored location; else what the CDR says of it, in the same fields. */
  readonly location: Document | undefined
  readonly evse: Document | undefined
}

/** A charge with everything its state and its numbers follow from. */
export interface GatheredCharge {
  readonly charge: DriverCharge
  readonly command: Command | undefined
  readonly stopCommand: Command | undefined
  readonly session: StoredObject | undefined
  /** All CDRs of it in the order in which they came: originals, credits, reissues. */
  readonly cdrs: readonly StoredObject[]
  /** The CDR that counts now; undefined when there is none, or all are credited. */
  readonly cdr: StoredObject | undefined
  readonly cost: SessionCostRecord | undefined
  readonly place: ChargePlace
  readonly state: StateOfCharge
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const isLive = (object: StoredObject | undefined): object is StoredObject =>
  object !== undefined && object.deletedAt === null

/** Whether a CDR gives money back. */
export const isCredit = ({ document }: StoredObject): boolean => document.credit === true

const sessionIdOf = (charge: DriverCharge, session: StoredObject | undefined): string | null =>
  text(session?.document.id) ?? charge.sessionKey

const cdrsNamed = async (
  { lookup, objects }: GatherDeps,
  charge: DriverCharge,
  session: StoredObject | undefined,
): Promise<readonly StoredObject[]> => {
  const { party, cdrKey, authorizationReference } = charge
  if (cdrKey !== null) return [await objects.get({ kind: 'cdr', ...party, id: cdrKey })].filter(isLive)
  const id = sessionIdOf(charge, session)
  const found = id === null ? [] : await lookup.cdrsOfSession(party, foldCase(id))
  if (found.length > 0 || authorizationReference === null) return found
  const named = await lookup.byAuthorizationReference(foldCase(authorizationReference))
  return named.filter(
    ({ key, document }) =>
      key.kind === 'cdr' &&
      key.countryCode === party.countryCode &&
      key.partyId === party.partyId &&
      (document.session_id === undefined || id === null),
  )
}

/** CDRs with the credits that name them, each once, in the order in which they came. */
const withCredits = async (
  { lookup }: GatherDeps,
  party: PartyId,
  cdrs: readonly StoredObject[],
): Promise<readonly StoredObject[]> => {
  const credits = await Promise.all(
    cdrs
      .filter((cdr) => !isCredit(cdr))
      .map(({ document }) => lookup.creditsOf(party, foldCase(String(document.id)))),
  )
  const byKey = new Map([...cdrs, ...credits.flat()].map((cdr) => [cdr.key.id, cdr]))
  return [...byKey.values()].toSorted((a, b) => a.createdSeq - b.createdSeq)
}

const countingOf = (cdrs: readonly StoredObject[]): StoredObject | undefined => {
  const credited = new Set(
    cdrs.filter(isCredit).map(({ document }) => foldCase(String(document.credit_reference_id))),
  )
  return cdrs.findLast((cdr) => !isCredit(cdr) && !credited.has(foldCase(String(cdr.document.id))))
}

const placeOf = async (
  { objects }: GatherDeps,
  charge: DriverCharge,
  session: Document | undefined,
  cdr: Document | undefined,
): Promise<ChargePlace> => {
  const told = isJsonObject(cdr?.cdr_location) ? cdr.cdr_location : undefined
  const locationId = text(session?.location_id) ?? charge.locationId ?? text(told?.id)
  const evseUid = text(session?.evse_uid) ?? charge.evseUid ?? text(told?.evse_uid)
  const connectorId = text(session?.connector_id) ?? charge.connectorId ?? text(told?.connector_id)
  const [location, evse] = await Promise.all([
    locationId === null ? undefined : objects.get(locationKey(charge.party, locationId)),
    locationId === null || evseUid === null
      ? undefined
      : objects.get(evseKey(charge.party, locationId, evseUid)),
  ])
  const fromCdr = told === undefined ? undefined : { ...charge.party, ...told }
  return { locationId, evseUid, connectorId, location: location?.document ?? fromCdr, evse: evse?.document }
}

const startCommandOf = async (
  { commands }: GatherDeps,
  { authorizationReference }: DriverCharge,
): Promise<Command | undefined> => {
  if (authorizationReference === null) return undefined
  const sent = await commands.sentWithReference(authorizationReference)
  return sent.find(({ type }) => type === 'START_SESSION')
}

const costOf = async ({ prices }: GatherDeps, key: ObjectKey): Promise<SessionCostRecord | undefined> => {
  const priced = await prices.session(key)
  return priced.kind === 'done' ? priced.value : undefined
}

/** Reads everything about a charge by keys and indexes. */
export const gatherCharge = async (deps: GatherDeps, charge: DriverCharge): Promise<GatheredCharge> => {
  const { party, sessionKey, stopCommandId } = charge
  const stored =
    sessionKey === null ? undefined : await deps.objects.get({ kind: 'session', ...party, id: sessionKey })
  const session = isLive(stored) ? stored : undefined
  const [named, command, stopCommand] = await Promise.all([
    cdrsNamed(deps, charge, session),
    charge.means === 'app' ? startCommandOf(deps, charge) : undefined,
    stopCommandId === null ? undefined : deps.commands.get(stopCommandId),
  ])
  const cdrs = named.length === 0 ? [] : await withCredits(deps, party, named)
  const cdr = countingOf(cdrs)
  const [place, cost] = await Promise.all([
    placeOf(deps, charge, session?.document, (cdr ?? cdrs.at(-1))?.document),
    cdrs.length === 0 && session !== undefined ? costOf(deps, session.key) : undefined,
  ])
  const state = stateOfCharge({
    ...{ charge, command, stopCommand, session: session?.document },
    hasCdr: cdrs.length > 0,
    nowMs: deps.now(),
  })
  return { charge, command, stopCommand, session, cdrs, cdr, cost, place, state }
}

/** Readings of the meter, where a session runs. */
export const readingsOf = (
  { charges }: GatherDeps,
  { charge, session }: GatheredCharge,
): Promise<readonly ChargeReading[]> =>
  session === undefined || charge.sharesClock !== true ? Promise.resolve([]) : charges.readings(charge.id)

const FAILED: readonly string[] = ['refused', 'failed', 'timed_out']

/** What was found out about a start that failed, or that charged nothing; undefined for all others. */
export const whyFailed = async (
  { conversation }: GatherDeps,
  { command, session, state }: GatheredCharge,
): Promise<StartExplanation | undefined> => {
  if (command === undefined) return undefined
  const tookNothing = session?.document.status === 'COMPLETED' && session.document.kwh === 0
  if (!tookNothing && !FAILED.includes(state.state)) return undefined
  const why = await conversation.why({ commandId: command.id })
  return why === undefined || why.state === 'well' || why.state === 'waiting' ? undefined : why
}
