import { type Role, roles } from '../../api/session.js'

/** What each role may do, in a few words. */
export const MAY: Readonly<Record<Role, string>> = {
  admin: 'everything: accounts, keys, parties, webhooks',
  operator: 'objects and partners',
  support: 'commands, authorizations, charging profiles',
  'read-only': 'look at everything',
}

/** The role of a text; the least for anything else. */
export const roleOf = (text: string): Role => roles.find((role) => role === text) ?? 'read-only'

/** The roles to choose from. */
export const roleChoices = roles.map((value) => ({ value, label: `${value}: ${MAY[value]}` }))
