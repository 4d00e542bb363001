import type { Partner } from '@interwatt/store'

type Exchanged = Pick<Partner, 'version' | 'roles' | 'hubParty' | 'endpoints' | 'own'>

const shape = ({ version, roles, hubParty, endpoints, own }: Exchanged): string =>
  JSON.stringify([
    version,
    roles.map(({ role, party }) => `${role} ${party.countryCode} ${party.partyId}`).sort(),
    hubParty && [hubParty.countryCode, hubParty.partyId],
    own ? [own.role, own.party.countryCode, own.party.partyId] : null,
    endpoints.map(({ module, side, url }) => `${module} ${side} ${url}`).sort(),
  ])

/**
 * Whether an update of credentials makes everything due again: another version (CRD-053), other roles or other addresses
 * change who gets what, and what was passed over before would never come up otherwise.
 */
export const mustBeginAnew = (before: Exchanged, after: Exchanged): boolean => shape(before) !== shape(after)
