import type { PartyId } from '@interwatt/protocol'
import type {
  ActiveProfile,
  ApiKey,
  AuthorizationRecord,
  BookingOrder,
  Command,
  HostedParty,
  PartnerFinding,
  ProfileRequest,
  Refusal,
  Webhook,
} from '@interwatt/store'
import type {
  AuthorizationDecision,
  FollowedOrder,
  PartnerView,
  PartyFinding,
  ShownTariffState,
} from '../services.js'

type View = { readonly [field: string]: unknown }

/** A party as the API shows it. */
export const viewParty = (hosted: HostedParty): View => ({
  country_code: hosted.party.countryCode,
  party_id: hosted.party.partyId,
  roles: hosted.roles,
  business_details: hosted.businessDetails,
})

const viewHealth = ({ sync, backlog, refusals }: PartnerView): View => ({
  state: sync === undefined ? 'unknown' : sync.outages > 0 ? 'down' : 'up',
  outages: sync?.outages ?? 0,
  retry_at: sync?.retryAt ?? null,
  last_error: sync?.lastError ?? null,
  last_success_at: sync?.lastSuccessAt ?? null,
  cursors: sync?.cursors ?? {},
  backlog,
  refusals,
})

/** A partner with its connection and health; tokens never appear. */
export const viewPartner = (view: PartnerView): View => {
  const { partner } = view
  return {
    id: partner.id,
    name: partner.name,
    status: partner.status,
    status_reason: partner.statusReason,
    version: partner.version,
    versions_url: partner.versionsUrl,
    unlock_allowed: partner.unlockAllowed,
    charging_profiles_allowed: partner.profilesAllowed,
    test_partner: partner.isTest ?? false,
    modules: (partner.agreedModules ?? []).map(({ module, side }) => ({ identifier: module, role: side })),
    endpoints: partner.endpoints.map(({ module, side, url }) => ({ identifier: module, role: side, url })),
    roles: partner.roles.map((role) => ({
      role: role.role,
      country_code: role.party.countryCode,
      party_id: role.party.partyId,
      business_details: role.businessDetails,
    })),
    hub_party:
      partner.hubParty === null
        ? null
        : { country_code: partner.hubParty.countryCode, party_id: partner.hubParty.partyId },
    own:
      partner.own == null
        ? null
        : {
            role: partner.own.role,
            country_code: partner.own.party.countryCode,
            party_id: partner.own.party.partyId,
          },
    created_at: partner.createdAt,
    registered_at: partner.registeredAt,
    health: viewHealth(view),
  }
}

/** A kind of deviation of a partner; list positions in the pointer are `*`. */
export const viewFinding = (finding: PartnerFinding): View => ({
  operation: finding.operation,
  pointer: finding.pointer,
  code: finding.code,
  rule: finding.rule,
  severity: finding.severity,
  message: finding.message,
  example: finding.example,
  count: finding.count,
  first_at: finding.firstAt,
  last_at: finding.lastAt,
})

/** What is wrong with an own object once others are looked at. */
export const viewPartyFinding = ({ object, ...finding }: PartyFinding): View => ({
  kind: object.kind,
  country_code: object.countryCode,
  party_id: object.partyId,
  id: object.id,
  ...finding,
})

/** A state of a tariff: since when and until when it counted, who sent it, and the document. */
export const viewTariffState = ({
  lastUpdated,
  replacedAt,
  deletedAt,
  changedSeq,
  versionIn,
  receivedFrom,
  ...shown
}: ShownTariffState): View => ({
  last_updated: lastUpdated,
  replaced_at: replacedAt,
  deleted_at: deletedAt,
  changed_seq: changedSeq,
  version_in: versionIn,
  received_from: receivedFrom,
  ...shown,
})

/** A push that the partner refused, with its answer. */
export const viewRefusal = (refusal: Refusal): View => ({
  kind: refusal.key.kind,
  country_code: refusal.key.countryCode,
  party_id: refusal.key.partyId,
  id: refusal.key.id,
  seq: refusal.seq,
  http_status: refusal.httpStatus,
  status_code: refusal.statusCode,
  message: refusal.message,
  at: refusal.at,
})

/** A command with its progress. The address of its result is a secret of the two sides and left out. */
export const viewCommand = (command: Command): View => {
  const { response_url: _secret, ...request } = command.request
  return {
    id: command.id,
    direction: command.direction,
    type: command.type,
    partner_id: command.partnerId,
    party:
      command.party === null
        ? null
        : { country_code: command.party.countryCode, party_id: command.party.partyId },
    request,
    state: command.state,
    response: command.response,
    result: command.result,
    message: command.message ?? null,
    deadline: command.deadline,
    session_id: command.sessionId,
    correlation_id: command.correlationId,
    created_at: command.createdAt,
    finished_at: command.finishedAt,
  }
}

const viewPartyId = ({ countryCode, partyId }: PartyId): View => ({
  country_code: countryCode,
  party_id: partyId,
})

/** A request for a charging profile with its progress; the address of its result is left out. */
export const viewProfileRequest = (request: ProfileRequest): View => ({
  id: request.id,
  direction: request.direction,
  type: request.type,
  partner_id: request.partnerId,
  sender: viewPartyId(request.senderParty),
  session: { ...viewPartyId(request.session), id: request.sessionId },
  request: request.request,
  state: request.state,
  response: request.response,
  result: request.result,
  profile: request.profile,
  message: request.message,
  deadline: request.deadline,
  correlation_id: request.correlationId,
  created_at: request.createdAt,
  finished_at: request.finishedAt,
})

/** What is known of the active profile of a session, and from whom. */
export const viewActiveProfile = (active: ActiveProfile): View => ({
  session: { ...viewPartyId(active.session), id: active.sessionId },
  partner_id: active.partnerId,
  profile: active.profile,
  updated_at: active.updatedAt,
})

/** A booking request of ours with its progress. */
export const viewOrder = (order: BookingOrder): View => ({
  id: order.id,
  request_id: order.requestId,
  partner_id: order.partnerId,
  party: { country_code: order.party.countryCode, party_id: order.party.partyId },
  request: order.request,
  state: order.state,
  message: order.message,
  booking_id: order.bookingId,
  attempts: order.attempts,
  created_at: order.createdAt,
  finished_at: order.finishedAt,
  decide_by: order.decideBy,
})

/** A booking request of ours and the booking that came of it. */
export const viewFollowedOrder = ({ order, booking }: FollowedOrder): View => ({
  ...viewOrder(order),
  booking,
})

/** The decision on a token, and why. */
export const viewDecision = (decision: AuthorizationDecision): View => ({
  id: decision.id,
  allowed: decision.allowed,
  reason: decision.reason,
  explanation: decision.explanation,
  auth_method: decision.authMethod,
  token: decision.token,
  authorization_reference: decision.authorizationReference,
  location: decision.location ?? null,
  info: decision.info ?? null,
  partner_id: decision.partnerId,
  duration_ms: decision.durationMs,
})

/** A decision of the past. */
export const viewAuthorization = (record: AuthorizationRecord): View => ({
  id: record.id,
  at: record.at,
  direction: record.direction,
  partner_id: record.partnerId,
  token_uid: record.tokenUid,
  token_type: record.tokenType,
  allowed: record.allowed,
  reason: record.reason,
  duration_ms: record.durationMs,
  authorization_reference: record.authorizationReference,
  location_id: record.locationId,
})

/** An operator key without the key itself. */
export const viewKey = (key: ApiKey): View => ({
  id: key.id,
  name: key.name,
  role: key.role,
  created_at: key.createdAt,
})

/** A webhook with its delivery state, without its secret. */
export const viewWebhook = (webhook: Webhook): View => ({
  id: webhook.id,
  url: webhook.url,
  types: webhook.types,
  cursor: webhook.cursor,
  failures: webhook.failures,
  retry_at: webhook.retryAt,
  last_error: webhook.lastError,
  disabled_at: webhook.disabledAt,
  created_at: webhook.createdAt,
})
