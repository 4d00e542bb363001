import type { Problem } from '../../api/health.js'
import type { Partner } from '../../api/partners.js'
import type { Tone } from '../../parts/values.js'

/** How a partner stands, in a word and a sentence. */
export interface PartnerHealth {
  readonly tone: Tone
  readonly word: string
  /** Why, for those that need attention; empty for the others. */
  readonly reason: string
  /** 0 needs attention first. */
  readonly rank: number
}

/** Changes that have not arrived yet, over all modules. */
export const backlogOf = ({ health }: Partner): number =>
  Object.values(health.backlog).reduce((sum, count) => sum + count, 0)

/** How a partner stands: what stops traffic first, then what was refused, then the rest. */
export const healthOf = (partner: Partner): PartnerHealth => {
  const { status, status_reason: statusReason, health } = partner
  const said = statusReason ?? ''
  if (status === 'UNKNOWN')
    return { tone: 'bad', word: 'unclear', reason: said || 'The handshake did not end.', rank: 0 }
  if (status === 'UNREGISTERED')
    return { tone: 'bad', word: 'not registered', reason: said || 'The partner unregistered.', rank: 1 }
  if (status === 'SUSPENDED') return { tone: 'warn', word: 'paused', reason: said, rank: 3 }
  if (status === 'INVITED' || status === 'INVITING')
    return { tone: 'busy', word: 'invited', reason: 'It has not registered yet.', rank: 4 }
  if (health.outages > 0) {
    const reason = `${health.last_error ?? 'It does not answer.'} ${health.outages} attempts in a row failed.`
    return { tone: 'bad', word: 'down', reason, rank: 0 }
  }
  if (health.refusals > 0)
    return { tone: 'warn', word: 'refuses', reason: `It did not accept ${health.refusals} objects.`, rank: 2 }
  return { tone: 'good', word: 'in step', reason: '', rank: 5 }
}

/** How a partner stands in a word: by the worst that the node found, else by its connection. */
export const standingOf = (
  partner: Partner,
  problems: readonly Problem[],
): Pick<PartnerHealth, 'tone' | 'word'> => {
  const first = problems.find(({ partner_id }) => partner_id === partner.id)
  if (first === undefined || partner.status !== 'REGISTERED') return healthOf(partner)
  return { tone: first.severity === 'bad' ? 'bad' : 'warn', word: first.word }
}

/** Partners in the order in which they need attention. */
export const byAttention = (partners: readonly Partner[]): readonly Partner[] =>
  partners.toSorted((a, b) => healthOf(a).rank - healthOf(b).rank || a.name.localeCompare(b.name))

/** The parties of a partner with their roles, such as `NL*IWM EMSP`. */
export const partiesOf = ({ roles }: Partner): string =>
  roles.map(({ country_code, party_id, role }) => `${country_code}*${party_id} ${role}`).join(', ')
