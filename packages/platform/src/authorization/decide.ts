import { randomUUID } from 'node:crypto'
import type { ClientPartner, OcpiClient, Outcome } from '@interwatt/client'
import {
  foldCase,
  isJsonObject,
  lift,
  ocpi230,
  type PartyId,
  parseDocument,
  partyOf,
  sameParty,
  schemaOf,
} from '@interwatt/protocol'
import type { AuthorizationStore, Document, ObjectLookup, Partner, StoredObject } from '@interwatt/store'
import type { AskAccess } from '../bookings/booking-access.js'
import { type AskAway, type Away, awayText } from '../directory/away.js'
import { type Directory, hostedIn } from '../directory/partner-directory.js'
import { isLive } from '../modules/plan-write.js'
import { asDocument } from '../modules/serving.js'
import type { AuthorizationDecision, AuthorizationService } from '../services.js'
import { knownType } from './known-type.js'
import { whitelistExplanation, whitelistStep } from './whitelist.rules.js'

export interface DecideDeps {
  readonly directory: Directory
  readonly lookup: ObjectLookup
  readonly authorizations: AuthorizationStore
  readonly client: OcpiClient
  readonly now: () => number
  /** Time limit of one real-time question in ms, by whitelist type; `unknown` for tokens not in the store. */
  readonly timeoutMs: (whitelist: string) => number
  readonly askAway: AskAway
  openPartner(partner: Partner): ClientPartner | undefined
  /** What bookings say about a token at a place (BKG-050 to BKG-053, BKG-063). */
  readonly askAccess: AskAccess
  /** A token that came with a command and still counts as authorized, with its reference (TOK-085, CMD-014, CMD-015). */
  commandToken(
    uid: string,
    type: string,
    location: DecideInput['location'],
  ): Promise<{ token: Document; authorizationReference: string | null } | undefined>
}

export type DecideInput = Parameters<AuthorizationService['decide']>[0]
type Draft = Omit<AuthorizationDecision, 'id' | 'durationMs'>

const isOffline = (outcome: Outcome): boolean =>
  outcome.kind === 'outage' ||
  (outcome.kind === 'refused' && (outcome.statusCode === 4002 || outcome.statusCode === 4003))

type Asked =
  | { readonly kind: 'answer'; readonly info: ocpi230.AuthorizationInfo }
  | { readonly kind: 'unknown_token' }
  | { readonly kind: 'offline'; readonly detail: string }

/** The token an answer is about where the version does not repeat it: the one stored, else what is known of it (tokens.md 4.2). */
const tokenAsked = (
  partner: Partner,
  input: DecideInput,
  known: StoredObject | undefined,
  data: unknown,
): Document => {
  if (known !== undefined) return known.document
  const owner = partner.roles.find(({ role }) => role === 'EMSP')?.party
  return {
    country_code: owner?.countryCode,
    party_id: owner?.partyId,
    uid: input.tokenUid,
    type: input.type,
    contract_id: input.tokenUid,
    issuer: partner.name,
    valid: isJsonObject(data) && data.allowed === 'ALLOWED',
    whitelist: 'NEVER',
    last_updated: '1970-01-01T00:00:00Z',
  }
}

const readInfo = (
  partner: ClientPartner,
  data: unknown,
  token: Document,
): ocpi230.AuthorizationInfo | undefined => {
  const schema = schemaOf(partner.version, 'authorization_info')
  const parsed = schema && parseDocument(schema, data, 'whole')
  if (!parsed?.ok) return undefined
  const canonical = parseDocument(
    ocpi230.AuthorizationInfo,
    lift('authorization_info', partner.version, parsed.value, 'whole', { token }).document,
    'whole',
  )
  return canonical.ok ? canonical.value : undefined
}

/** Who answers for a token pays for it: an eMSP cannot allow a charge on the account of another, but through a hub. */
const speaksFor = (partner: Partner, token: ocpi230.Token): boolean =>
  partner.hubParty !== null ||
  partner.roles.some(
    ({ role, party }) => role === 'EMSP' && sameParty(party, partyOf(token.country_code, token.party_id)),
  )

/**
 * Whom a question is for: the owner of a token that is known, else an eMSP of the partner. One that its hub says is away is not asked
 * (HCI-010); it counts as one that cannot be reached.
 */
const recipientOf = async (
  deps: DecideDeps,
  partner: Partner,
  known: StoredObject | undefined,
): Promise<{ readonly to?: PartyId } | { readonly away: Away }> => {
  const emsps = partner.roles.filter(({ role }) => role === 'EMSP').map(({ party }) => party)
  let first: Away | undefined
  for (const to of known ? [known.key] : emsps) {
    const away = await deps.askAway(partner, to)
    if (away === undefined) return { to }
    first ??= away
  }
  return first ? { away: first } : {}
}

/** One POST authorize; 2002 is repeated with the location when there is one (TOK-069); 404 and 2004 both mean unknown (TOK-066). */
const askOne = async (
  deps: DecideDeps,
  partner: Partner,
  input: DecideInput,
  { timeoutMs, known }: { readonly timeoutMs: number; readonly known?: StoredObject | undefined },
): Promise<Asked> => {
  const open = deps.openPartner(partner)
  if (!open) return { kind: 'offline', detail: `${partner.name} is not connected.` }
  const from = partner.own?.party ?? hostedIn(deps.directory.hosted(), 'CPO')[0]
  const recipient = await recipientOf(deps, partner, known)
  if ('away' in recipient) return { kind: 'offline', detail: awayText(recipient.away) }
  const { to } = recipient
  const outcome = await deps.client.call(
    open,
    'tokens.sender.authorize',
    {
      params: { token_uid: input.tokenUid },
      query: { type: knownType(open.version, input.type) },
      ...(input.location ? { body: input.location } : {}),
    },
    { timeoutMs, ...(from ? { from } : {}), ...(to ? { to } : {}) },
  )
  if (outcome.kind === 'ok') {
    const info = readInfo(open, outcome.data, tokenAsked(partner, input, known, outcome.data))
    if (!info)
      return { kind: 'offline', detail: `${partner.name} sent an answer that is no AuthorizationInfo.` }
    return speaksFor(partner, info.token)
      ? { kind: 'answer', info }
      : { kind: 'offline', detail: `${partner.name} answered with a token that is not of its parties.` }
  }
  if (isOffline(outcome))
    return {
      kind: 'offline',
      detail: outcome.kind === 'outage' ? outcome.message : 'The hub could not reach the eMSP.',
    }
  return { kind: 'unknown_token' }
}

const answered = (partner: Partner, info: ocpi230.AuthorizationInfo): Draft => ({
  allowed: info.allowed,
  reason: 'realtime',
  explanation: `${partner.name} answered ${info.allowed} in real time.`,
  authMethod: 'AUTH_REQUEST',
  token: asDocument(info.token),
  authorizationReference: info.authorization_reference ?? null,
  location: info.location ?? null,
  info: info.info ?? null,
  partnerId: partner.id,
})

const decided = (
  allowed: boolean,
  reason: keyof typeof whitelistExplanation,
  token: StoredObject | undefined,
  detail = '',
): Draft => ({
  allowed: allowed
    ? 'ALLOWED'
    : reason === 'whitelist_always_invalid' || reason === 'offline_denied'
      ? 'BLOCKED'
      : 'NOT_ALLOWED',
  reason,
  explanation: `${whitelistExplanation[reason]}${detail && ` ${detail}`}`,
  authMethod: 'WHITELIST',
  token: token?.document ?? null,
  authorizationReference: null,
  location: null,
  info: null,
  partnerId: token?.receivedFrom ?? null,
})

/** The token as a partner sent it; only partners that are connected count (CRD-066). */
const knownToken = async (deps: DecideDeps, input: DecideInput): Promise<StoredObject | undefined> => {
  const connected = new Set(
    deps.directory
      .partners()
      .filter(isConnected)
      .map((partner) => partner.id),
  )
  const tokens = await deps.lookup.tokensByUid(input.tokenUid)
  return tokens.find(
    (token) =>
      isLive(token) &&
      token.receivedFrom !== null &&
      connected.has(token.receivedFrom) &&
      foldCase(String(token.document.type)) === foldCase(input.type),
  )
}

/** What bookings decide on their own: who has booked comes in, who has not stays out of what is booked (BKG-051, BKG-063). */
const byBooking = async (
  deps: DecideDeps,
  { tokenUid: uid, type, location }: DecideInput,
  known: StoredObject | undefined,
): Promise<Draft | undefined> => {
  if (location === undefined || known?.document.valid === false) return undefined
  const party = known && { countryCode: known.key.countryCode, partyId: known.key.partyId }
  const { location_id: locationId, evse_uids: evseUids } = location
  const access = await deps.askAccess({
    token: { uid, type, ...party },
    locationId,
    evseUids,
    manner: 'local',
  })
  if (access.kind === 'none') return undefined
  const partnerId = known?.receivedFrom ?? null
  const nothingMore = { location: null, info: null, partnerId }
  if (access.kind === 'refused')
    return {
      ...nothingMore,
      allowed: 'NOT_ALLOWED',
      reason: 'booked_by_others',
      explanation: access.reason,
      authMethod: 'WHITELIST',
      token: known?.document ?? null,
      authorizationReference: null,
    }
  return {
    ...nothingMore,
    allowed: 'ALLOWED',
    reason: 'booking',
    explanation: 'The token is one of a booking for this place and time.',
    authMethod: 'COMMAND',
    token: known?.document ?? asDocument(access.token),
    authorizationReference: access.booking.authorization_reference,
  }
}

const isConnected = (partner: Partner): boolean =>
  partner.status === 'REGISTERED' || partner.status === 'UPDATING'

/** Asks every connected eMSP at once about a token nobody listed; the first ALLOWED wins (TOK-083). */
const askAll = async (deps: DecideDeps, input: DecideInput): Promise<Draft> => {
  const candidates = deps.directory
    .partners()
    .filter(
      (partner) =>
        partner.status === 'REGISTERED' &&
        partner.endpoints.some((endpoint) => endpoint.module === 'tokens' && endpoint.side === 'SENDER'),
    )
  const answers = candidates.map(async (partner) => ({
    partner,
    asked: await askOne(deps, partner, input, { timeoutMs: deps.timeoutMs('unknown') }),
  }))
  const firstAllowed = answers.map(async (answer) => {
    const { partner, asked } = await answer
    if (asked.kind === 'answer' && asked.info.allowed === 'ALLOWED') return answered(partner, asked.info)
    throw new Error('not allowed')
  })
  const winner = await Promise.any(firstAllowed).catch(() => undefined)
  if (winner) return winner
  for (const { partner, asked } of await Promise.all(answers))
    if (asked.kind === 'answer') return answered(partner, asked.info)
  return decided(false, 'unknown_token', undefined)
}

/** Real-time authorization of the CPO side: the decision table, the question, the fallback, and the reason (tokens 3.3, 3.4). */
export const createDecide = (deps: DecideDeps) => {
  const decide = async (input: DecideInput): Promise<Draft> => {
    const byCommand = await deps.commandToken(input.tokenUid, input.type, input.location)
    if (byCommand) {
      return {
        allowed: 'ALLOWED',
        reason: 'command',
        explanation: 'The eMSP authorized this token with the command it sent.',
        authMethod: 'COMMAND',
        token: byCommand.token,
        authorizationReference: byCommand.authorizationReference,
        location: null,
        info: null,
        partnerId: null,
      }
    }
    const known = await knownToken(deps, input)
    const booked = await byBooking(deps, input, known)
    if (booked) return booked
    const step = whitelistStep(
      known && { whitelist: String(known.document.whitelist), valid: known.document.valid === true },
    )
    if (step.kind === 'decide') return decided(step.allowed, step.reason, known)
    if (!known) return askAll(deps, input)
    const partner = known.receivedFrom === null ? undefined : await deps.directory.partner(known.receivedFrom)
    const asked: Asked = partner
      ? await askOne(deps, partner, input, {
          timeoutMs: deps.timeoutMs(String(known.document.whitelist)),
          known,
        })
      : { kind: 'offline', detail: 'Its partner is gone.' }
    if (asked.kind === 'answer' && partner) return answered(partner, asked.info)
    if (asked.kind === 'unknown_token')
      return {
        ...decided(false, 'unknown_token', known),
        explanation: 'The eMSP no longer knows this token.',
      }
    return decided(
      step.fallback.allowed,
      step.fallback.reason,
      known,
      asked.kind === 'offline' ? asked.detail : '',
    )
  }
  return async (input: DecideInput): Promise<AuthorizationDecision> => {
    const startedMs = deps.now()
    const draft = await decide(input)
    const durationMs = deps.now() - startedMs
    const id = randomUUID()
    await deps.authorizations.add({
      id,
      at: new Date(startedMs).toISOString(),
      direction: 'asked',
      partnerId: draft.partnerId,
      tokenUid: input.tokenUid,
      tokenType: input.type,
      allowed: draft.allowed,
      reason: draft.reason,
      durationMs,
      authorizationReference: draft.authorizationReference,
      locationId: input.location?.location_id ?? null,
    })
    return { ...draft, id, durationMs }
  }
}
