import type { FoundProblem } from '@interwatt/store'
import {
  type Found,
  findBacklog,
  findDown,
  findNotConnected,
  findSlow,
  findUnauthorized,
  findWrongClock,
} from './connection.rules.js'
import {
  findBrokenMessages,
  findFailedPulls,
  findMissingCdrs,
  findRefused,
  findStaleStatuses,
  findWrongPrices,
} from './content.rules.js'
import type { HealthLimits } from './limits.js'
import type { PartnerSigns } from './signs.js'

/** A way in which a partner can be unwell. */
export interface HealthRule {
  readonly name: string
  /** In a word or two, for lists. */
  readonly word: string
  /** Whether it is also looked for while the partner is not connected. */
  readonly always?: true
  /** Rules whose problem explains this one, so that it is not told beside them. */
  readonly unless?: readonly string[]
  readonly find: (signs: PartnerSigns, limits: HealthLimits) => Found | undefined
  /** Pages of the console and calls of the API that show the rows behind it; `:id` stands for the partner. */
  readonly page: string
  readonly api: string
}

/** All rules, what stops traffic first. */
export const HEALTH_RULES: readonly HealthRule[] = [
  {
    name: 'not_connected',
    word: 'not connected',
    always: true,
    find: findNotConnected,
    page: '/partners/:id',
    api: '/api/v1/partners/:id',
  },
  {
    name: 'down',
    word: 'down',
    find: findDown,
    page: '/conversation?partner=:id&direction=out&outcome=failed',
    api: '/api/v1/messages?partner=:id&direction=out&outcome=failed',
  },
  {
    name: 'unauthorized',
    word: 'refuses our credentials',
    find: findUnauthorized,
    page: '/conversation?partner=:id&direction=out&status=401',
    api: '/api/v1/messages?partner=:id&direction=out&status=401',
  },
  {
    name: 'wrong_prices',
    word: 'wrong prices',
    find: findWrongPrices,
    page: '/cdrs?outcome=differs&from=:id',
    api: '/api/v1/cdrs?outcome=differs&received_from=:id',
  },
  {
    name: 'slow',
    word: 'slow',
    unless: ['down'],
    find: findSlow,
    page: '/partners/:id?tab=scorecard',
    api: '/api/v1/partners/:id/scorecard',
  },
  {
    name: 'backlog',
    word: 'backlog grows',
    unless: ['down', 'unauthorized'],
    find: findBacklog,
    page: '/partners/:id?tab=delivery',
    api: '/api/v1/partners/:id',
  },
  {
    name: 'refuses',
    word: 'refuses objects',
    find: findRefused,
    page: '/partners/:id?tab=refusals',
    api: '/api/v1/partners/:id/refusals',
  },
  {
    name: 'broken_messages',
    word: 'breaks the schema',
    find: findBrokenMessages,
    page: '/partners/:id?tab=findings',
    api: '/api/v1/partners/:id/findings',
  },
  {
    name: 'missing_cdrs',
    word: 'CDRs missing',
    find: findMissingCdrs,
    page: '/sessions?without_cdr=true&from=:id',
    api: '/api/v1/sessions?without_cdr=true&received_from=:id',
  },
  {
    name: 'stale_statuses',
    word: 'statuses stale',
    unless: ['down', 'unauthorized'],
    find: findStaleStatuses,
    page: '/locations?from=:id',
    api: '/api/v1/locations?received_from=:id',
  },
  {
    name: 'failed_pulls',
    word: 'lists unreadable',
    unless: ['down', 'unauthorized'],
    find: findFailedPulls,
    page: '/conversation?partner=:id&direction=out&outcome=failed',
    api: '/api/v1/messages?partner=:id&direction=out&outcome=failed',
  },
  {
    name: 'wrong_clock',
    word: 'clock wrong',
    find: findWrongClock,
    page: '/conversation?partner=:id',
    api: '/api/v1/messages?partner=:id',
  },
]

/** What is wrong with a partner, by all rules. */
export const problemsOf = (signs: PartnerSigns, limits: HealthLimits): readonly FoundProblem[] => {
  const isConnected = signs.partner.status === 'REGISTERED'
  const found: FoundProblem[] = []
  for (const { name: rule, always, unless, find } of HEALTH_RULES) {
    if (!isConnected && always !== true) continue
    if (unless?.some((other) => found.some((problem) => problem.rule === other)) === true) continue
    const problem = find(signs, limits)
    if (problem !== undefined) found.push({ partnerId: signs.partner.id, rule, ...problem })
  }
  return found
}
