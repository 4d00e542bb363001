import type { Problem } from '../../services.js'
import type { StartExplanation } from './start.rules.js'
import { START_CODES, type StartCode } from './start-codes.js'
import { driverWords } from './words.js'

interface Refusal {
  readonly code: StartCode
  readonly rule: string | null
  holds(problem: Pick<Problem, 'status' | 'title' | 'detail'>): boolean
}

const titled =
  (...titles: readonly string[]): Refusal['holds'] =>
  ({ title }) =>
    titles.some((each) => title.startsWith(each))
const saying =
  (word: string): Refusal['holds'] =>
  ({ title, detail }) =>
    title === 'The token may not charge there' && detail.startsWith(`${word}:`)

/** Why this node did not send a command at all, by the problem it answered. The last one always holds. */
const REFUSALS: readonly Refusal[] = [
  { code: 'token_blocked', rule: 'CMD-064', holds: saying('BLOCKED') },
  { code: 'token_expired', rule: 'CMD-064', holds: saying('EXPIRED') },
  { code: 'no_credit', rule: 'CMD-064', holds: saying('NO_CREDIT') },
  { code: 'token_not_allowed', rule: 'CMD-064', holds: saying('NOT_ALLOWED') },
  { code: 'token_unknown', rule: 'CMD-065', holds: titled('Unknown token', 'Not an own token') },
  { code: 'token_wrong_type', rule: 'PAY-037', holds: titled('Not a token of a payment terminal') },
  { code: 'place_unknown', rule: null, holds: titled('Unknown location', 'Unknown EVSE') },
  { code: 'unknown_session', rule: 'CMD-026', holds: titled('Unknown session') },
  { code: 'unknown_reservation', rule: 'CMD-021', holds: titled('Unknown reservation') },
  { code: 'not_supported', rule: 'CMD-076', holds: titled('Not possible') },
  {
    code: 'partner_not_connected',
    rule: null,
    holds: ({ status, title }) =>
      status === 503 || title.startsWith('The partner') || / is away/i.test(title),
  },
  { code: 'invalid_request', rule: null, holds: () => true },
]

/** Explains a command that was refused here and never sent; nothing of it is stored. */
export const explainProblem = (problem: Pick<Problem, 'status' | 'title' | 'detail'>): StartExplanation => {
  const refusal = REFUSALS.find(({ holds }) => holds(problem))
  const code = refusal?.code ?? 'invalid_request'
  return {
    code,
    state: START_CODES[code].state,
    ...driverWords(code),
    support: `The command was not sent. ${problem.title}: ${problem.detail.replace(/\.$/, '')}.`,
    operatorWords: null,
    evidence: {
      rule: refusal?.rule ?? null,
      ...{ commandId: null, authorizationId: null, sessionId: null, cdrId: null, messages: [] },
    },
  }
}
