import { whitelistExplanation } from '../../authorization/whitelist.rules.js'
import type { StartRule } from './start.rules.js'
import type { StartFacts } from './start-facts.js'

const decided =
  (...wanted: readonly { readonly allowed?: string; readonly reason?: string }[]): StartRule['holds'] =>
  ({ decision }) =>
    wanted.some(
      ({ allowed, reason }) =>
        (allowed === undefined || decision?.allowed === allowed) &&
        (reason === undefined || decision?.reason === reason),
    )

const token = ({ decision }: StartFacts): string => `Token ${decision?.tokenUid ?? ''}`

const WORDS = new Map<string, string>(Object.entries(whitelistExplanation))

/** Who decided, and why. */
const because = ({ decision, partnerName }: StartFacts): string => {
  const reason = decision?.reason ?? ''
  if (reason === 'realtime') return `${partnerName} answered so in real time.`
  return WORDS.get(reason) ?? `${reason.replaceAll('_', ' ').replace(/\.$/, '')}.`
}

const saying =
  (what: string): StartRule['support'] =>
  (facts) =>
    `${token(facts)} ${what}. ${because(facts)}`

/** What a decision on a card shows. The last one always holds. */
export const cardRules: readonly StartRule[] = [
  {
    code: 'card_allowed',
    rule: 'TOK-090',
    holds: decided({ allowed: 'ALLOWED' }),
    support: saying('may charge'),
  },
  {
    code: 'evse_booked',
    rule: 'BKG-051',
    holds: decided({ reason: 'booked_by_others' }),
    support: saying('may not charge here: the place is booked by somebody else'),
  },
  {
    code: 'emsp_no_answer',
    rule: 'TOK-090',
    holds: decided({ reason: 'offline_denied' }, { reason: 'whitelist_never_offline' }),
    support: (facts) =>
      `${token(facts)} was refused because ${facts.partnerName} did not answer. ${because(facts)}`,
  },
  {
    code: 'token_wrong_type',
    rule: 'TOK-063',
    holds: ({ decision, otherTypes }) => decision?.allowed !== 'ALLOWED' && otherTypes.length > 0,
    support: (facts) =>
      `${token(facts)} was asked about as ${facts.decision?.tokenType}, but is known as ${facts.otherTypes.join(', ')} only.`,
  },
  {
    code: 'token_unknown',
    rule: 'TOK-083',
    holds: decided({ reason: 'unknown_token' }, { reason: 'The token is unknown.' }),
    support: saying('is not known'),
  },
  {
    code: 'token_expired',
    rule: 'TOK-067',
    holds: decided({ allowed: 'EXPIRED' }),
    support: saying('has expired'),
  },
  {
    code: 'no_credit',
    rule: 'TOK-067',
    holds: decided({ allowed: 'NO_CREDIT' }),
    support: saying('has not enough credit'),
  },
  {
    code: 'token_blocked',
    rule: 'TOK-067',
    holds: decided({ allowed: 'BLOCKED' }),
    support: saying('is blocked'),
  },
  { code: 'token_not_allowed', rule: 'TOK-067', holds: () => true, support: saying('may not charge here') },
]
