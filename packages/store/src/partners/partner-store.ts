import type { PartyId, VersionId } from '@interwatt/protocol'
import type { Database, Queryable } from '../database/index.js'
import type {
  AgreedModule,
  HostedParty,
  InboundToken,
  OwnEnd,
  Partner,
  PartnerEndpoint,
  PartnerRole,
  PartnerStatus,
  PartnerStore,
  PartyStore,
} from '../ports/index.js'
import { selectParties } from '../sql/parties/select-parties.js'
import { upsertParty } from '../sql/parties/upsert-party.js'
import { deletePartner } from '../sql/partners/delete-partner.js'
import { deleteTokens } from '../sql/partners/delete-tokens.js'
import { insertPartner } from '../sql/partners/insert-partner.js'
import { insertToken } from '../sql/partners/insert-token.js'
import { lockRegistrations } from '../sql/partners/lock-registrations.js'
import { notifyDirectory } from '../sql/partners/notify-directory.js'
import { selectAllTokens } from '../sql/partners/select-all-tokens.js'
import { selectPartner } from '../sql/partners/select-partner.js'
import { selectPartnerOfToken } from '../sql/partners/select-partner-of-token.js'
import { selectPartners } from '../sql/partners/select-partners.js'
import { selectRoleOwner } from '../sql/partners/select-role-owner.js'
import { selectRoleRival } from '../sql/partners/select-role-rival.js'
import { selectTokens } from '../sql/partners/select-tokens.js'
import { updateInterrupted } from '../sql/partners/update-interrupted.js'
import { updatePartner } from '../sql/partners/update-partner.js'

/** Channel that tells every node to read partners, tokens and parties again. */
export const DIRECTORY_CHANNEL = 'interwatt_directory'

interface PartnerRow {
  id: string
  name: string
  status: PartnerStatus
  version: VersionId | null
  versions_url: string | null
  endpoints: PartnerEndpoint[]
  roles: PartnerRole[]
  hub_party: PartyId | null
  outbound_token: string | null
  token_encoding: 'base64' | 'plain' | null
  status_reason: string | null
  unlock_allowed: boolean
  profiles_allowed: boolean
  agreed_modules: AgreedModule[]
  created_at: string
  registered_at: string | null
  own: OwnEnd | null
  is_test: boolean
}

interface TokenRow {
  hash: string
  partner_id: string
  purpose: InboundToken['purpose']
  expires_at: string | null
}

interface PartyRow {
  country_code: string
  party_id: string
  roles: string[]
  business_details: HostedParty['businessDetails']
}

const toPartner = (row: PartnerRow): Partner => ({
  id: row.id,
  name: row.name,
  status: row.status,
  version: row.version,
  versionsUrl: row.versions_url,
  endpoints: row.endpoints,
  roles: row.roles,
  hubParty: row.hub_party,
  outboundToken: row.outbound_token,
  tokenEncoding: row.token_encoding,
  statusReason: row.status_reason,
  unlockAllowed: row.unlock_allowed,
  profilesAllowed: row.profiles_allowed,
  agreedModules: row.agreed_modules,
  createdAt: row.created_at,
  registeredAt: row.registered_at,
  own: row.own,
  isTest: row.is_test,
})

const toToken = (row: TokenRow): InboundToken => ({
  hash: row.hash,
  partnerId: row.partner_id,
  purpose: row.purpose,
  expiresAt: row.expires_at,
})

const ownText = (own: OwnEnd | null | undefined): string | null =>
  own == null
    ? null
    : JSON.stringify({
        role: own.role,
        party: { partyId: own.party.partyId, countryCode: own.party.countryCode },
      })

const partnerParams = (partner: Partner): unknown[] => [
  partner.id,
  partner.name,
  partner.status,
  partner.version,
  partner.versionsUrl,
  JSON.stringify(partner.endpoints),
  JSON.stringify(partner.roles),
  partner.hubParty === null ? null : JSON.stringify(partner.hubParty),
  partner.outboundToken,
  partner.tokenEncoding,
  partner.statusReason,
  partner.unlockAllowed,
  partner.createdAt,
  partner.registeredAt,
  ownText(partner.own),
  partner.profilesAllowed,
  JSON.stringify(partner.agreedModules ?? []),
  partner.isTest ?? false,
]

const addTokens = async (tx: Queryable, tokens: readonly InboundToken[]): Promise<void> => {
  for (const token of tokens) {
    const { rowCount } = await tx.query(insertToken, [
      token.hash,
      token.partnerId,
      token.purpose,
      token.expiresAt,
    ])
    if (rowCount === 0) throw new Error('A credentials token already belongs to another partner (TRN-011).')
  }
}

/** Whether another connection has registered a role of this one; answers for one connection after the other (CRD-013). */
const hasRival = async (tx: Queryable, { id, roles, own }: Partner): Promise<boolean> => {
  await tx.query(lockRegistrations)
  const { rowCount } = await tx.query(selectRoleRival, [id, JSON.stringify(roles), ownText(own)])
  return rowCount > 0
}

/** Partners in PostgreSQL; every change tells all nodes to read their directory again. */
export const createPartnerStore = (database: Database): PartnerStore => ({
  create: (partner, tokens) =>
    database.transaction(async (tx) => {
      await tx.query(insertPartner, partnerParams(partner))
      await addTokens(tx, tokens)
      await tx.query(notifyDirectory)
    }),
  async get(id) {
    const { rows } = await database.query<PartnerRow>(selectPartner, [id])
    return rows[0] && toPartner(rows[0])
  },
  list: async () => (await database.query<PartnerRow>(selectPartners)).rows.map(toPartner),
  tokensOf: async (partnerId) =>
    (await database.query<TokenRow>(selectTokens, [partnerId])).rows.map(toToken),
  allTokens: async () => (await database.query<TokenRow>(selectAllTokens)).rows.map(toToken),
  async findByToken(hash) {
    const { rows } = await database.query<PartnerRow & TokenRow>(selectPartnerOfToken, [hash])
    return rows[0] && { partner: toPartner(rows[0]), token: toToken(rows[0]) }
  },
  change: (from, { partner, inboundTokens }) =>
    database.transaction(async (tx) => {
      if (partner.status === 'REGISTERED' && (await hasRival(tx, partner))) return false
      const { rowCount } = await tx.query(updatePartner, [...partnerParams(partner), [...from]])
      if (rowCount === 0) return false
      await tx.query(deleteTokens, [partner.id])
      await addTokens(tx, inboundTokens)
      await tx.query(notifyDirectory)
      return true
    }),
  endInterrupted: (olderThanMs) =>
    database.transaction(async (tx) => {
      const { rowCount } = await tx.query(updateInterrupted, [olderThanMs])
      if (rowCount > 0) await tx.query(notifyDirectory)
      return rowCount
    }),
  async ownerOfRole(role, party, own) {
    const { rows } = await database.query<{ id: string }>(selectRoleOwner, [
      JSON.stringify([{ role, party }]),
      ownText(own),
    ])
    return rows[0]?.id
  },
  remove: (id) =>
    database.transaction(async (tx) => {
      await tx.query(deletePartner, [id])
      await tx.query(notifyDirectory)
    }),
})

/** Hosted parties in PostgreSQL. */
export const createPartyStore = (database: Database): PartyStore => ({
  put: ({ party, roles, businessDetails }) =>
    database.transaction(async (tx) => {
      await tx.query(upsertParty, [
        party.countryCode,
        party.partyId,
        [...roles],
        JSON.stringify(businessDetails),
      ])
      await tx.query(notifyDirectory)
    }),
  async list() {
    const { rows } = await database.query<PartyRow>(selectParties)
    return rows.map((row) => ({
      party: { countryCode: row.country_code, partyId: row.party_id },
      roles: row.roles,
      businessDetails: row.business_details,
    }))
  },
})
