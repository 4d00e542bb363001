import type { DisagreeingCdrs, PartnerCount } from '@interwatt/store'
import type { Found } from './connection.rules.js'
import type { HealthLimits } from './limits.js'
import type { PartnerSigns } from './signs.js'

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

/** A code of a finding in words, such as `total differs`. */
const inWords = (code: string): string => code.replaceAll('_', ' ')

/** A difference as people read it; the digits of an exact decimal, no arithmetic. */
const amount = ({ difference, currency }: DisagreeingCdrs): string => {
  const [whole = '0', fraction = ''] = difference.replace('-', '').split('.')
  const text = `${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`
  return `${text} ${currency} ${difference.startsWith('-') ? 'too little' : 'too much'}`
}

/** CDRs that state another price than their tariff gives, as long as nobody decided about them. */
export const findWrongPrices = ({ disagreeing }: PartnerSigns): Found | undefined => {
  if (disagreeing.length === 0) return undefined
  const count = disagreeing.reduce((sum, each) => sum + each.count, 0)
  const checked = disagreeing.reduce((sum, each) => sum + each.checked, 0)
  const code = disagreeing[0]?.commonest ?? null
  const why = code === null ? '' : ` Mostly: ${inWords(code)}.`
  return {
    severity: 'bad',
    reason: `Wrong prices: ${count} of ${plural(checked, 'CDR')} of the last day ${count === 1 ? 'disagrees' : 'disagree'} with the tariff, ${disagreeing.map(amount).join(', ')} in all.${why}`,
    remedy: 'Look at the lines of the check, then accept, hold or dispute each of them.',
    facts: {
      cdrs: count,
      checked,
      commonest: code,
      differences: disagreeing.map(({ currency, difference }) => ({ currency, difference })),
    },
  }
}

/** Objects the partner said no to. */
export const findRefused = ({ refusals }: PartnerSigns): Found | undefined =>
  refusals === undefined
    ? undefined
    : {
        severity: 'warn',
        reason: `It refuses ${plural(refusals.count, 'object')} of ours.${said(refusals)}`,
        remedy: 'See which rule it cites; correct the object, or agree on the habit in its profile.',
        facts: { objects: refusals.count, latest_at: refusals.latestAt },
      }

const said = ({ example }: PartnerCount, word = 'Lately'): string =>
  example === null || example === '' ? '' : ` ${word}: ${example.slice(0, 200)}`

/** Messages that its version of the specification does not allow. */
export const findBrokenMessages = ({ findings }: PartnerSigns): Found | undefined =>
  findings === undefined
    ? undefined
    : {
        severity: 'warn',
        reason: `It sends what its version forbids, in ${plural(findings.count, 'way')}.${said(findings)}`,
        remedy: 'Send the partner the findings: each names the field and the rule.',
        facts: { kinds: findings.count, latest_at: findings.latestAt },
      }

/** Sessions that ended long ago and were never billed. */
export const findMissingCdrs = (
  { missingCdrs }: PartnerSigns,
  { cdrDueMs }: HealthLimits,
): Found | undefined =>
  missingCdrs === undefined
    ? undefined
    : {
        severity: 'warn',
        reason: `${plural(missingCdrs.count, 'session')} ended more than ${Math.round(cdrDueMs / 3_600_000)} h ago and ${missingCdrs.count === 1 ? 'has' : 'have'} no CDR.`,
        remedy: 'Ask the partner for the CDRs; resync it if it says that it sent them.',
        facts: { sessions: missingCdrs.count, latest_session: missingCdrs.example },
      }

/** Many EVSEs and not one news of any of them. */
export const findStaleStatuses = (
  { evses, nowMs }: PartnerSigns,
  { staleMs, staleEvses }: HealthLimits,
): Found | undefined => {
  const changedMs = Date.parse(evses?.latestAt ?? '')
  if (evses === undefined || evses.count < staleEvses || !(nowMs - changedMs > staleMs)) return undefined
  return {
    severity: 'warn',
    reason: `None of its ${evses.count} EVSEs changed for ${Math.round((nowMs - changedMs) / 3_600_000)} h: statuses are likely stale.`,
    remedy: 'Ask the partner whether it still pushes locations; resync it to read all of them.',
    since: new Date(changedMs).toISOString(),
    facts: { evses: evses.count, changed_at: evses.latestAt },
  }
}

/** Lists of the partner that cannot be read. */
export const findFailedPulls = ({ failedPulls }: PartnerSigns): Found | undefined =>
  failedPulls === undefined
    ? undefined
    : {
        severity: 'warn',
        reason: `${plural(failedPulls.count, 'list')} of its cannot be read.${said(failedPulls, 'The reason')}`,
        remedy: 'Without its lists missed updates are not noticed: send the partner the failed messages.',
        facts: { lists: failedPulls.count },
      }
