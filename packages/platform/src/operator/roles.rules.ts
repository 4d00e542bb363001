import type { OperatorRole } from '@interwatt/store'

/** Roles from the one that may do least to the one that may do everything. */
const RANKS: readonly OperatorRole[] = ['read-only', 'support', 'operator', 'admin']

/** All roles, the most powerful first. */
export const operatorRoles: readonly OperatorRole[] = RANKS.toReversed()

/** Calls that change something and need another role than `operator`, by pattern below the base of the API. */
const CHANGES: readonly (readonly [pattern: RegExp, role: OperatorRole])[] = [
  [/^\/(session|accounts\/password|prices|quotes|lint)$/, 'read-only'],
  [/^\/(commands\/:type|authorizations)$/, 'support'],
  [/^\/sessions\/[^/]+\/[^/]+\/[^/]+\/(charging-profile|charging_preferences)$/, 'support'],
  [/^\/cdrs\/[^/]+\/[^/]+\/[^/]+\/check$/, 'support'],
  [/^\/problem-reports\//, 'support'],
  [/^\/(keys|accounts|webhooks|parties)(\/|$)/, 'admin'],
]

/** What is about people is looked at by those who help them. */
const ABOUT_PEOPLE = /^\/(drivers|problem-reports)(\/|$)/

/**
 * The role a call needs at least: looking needs `read-only`, looking at people and helping a driver `support`, changing objects and partners
 * `operator`, deciding who else gets in `admin`. `pattern` is the route below the base of the API, such as `/keys/:id`.
 */
export const requiredRole = (method: string, pattern: string): OperatorRole => {
  if (method === 'GET' || method === 'HEAD') return ABOUT_PEOPLE.test(pattern) ? 'support' : 'read-only'
  return CHANGES.find(([expression]) => expression.test(pattern))?.[1] ?? 'operator'
}

/** Whether a role may do what needs at least another one. */
export const mayDo = (role: OperatorRole, needed: OperatorRole): boolean =>
  RANKS.indexOf(role) >= RANKS.indexOf(needed)
