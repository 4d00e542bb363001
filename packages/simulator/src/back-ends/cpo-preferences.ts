import { tariffAt } from '../world/choose-tariff.js'
import type { CpoContext } from './cpo-context.js'
import { textAt } from './json.js'
import type { LiveSession } from './live-session.js'

/** Share of the power for each ProfileType, in percent: who charges cheap or green waits for it. */
const POWER_PERCENT = new Map([
  ['CHEAP', 50],
  ['GREEN', 50],
  ['FAST', 100],
  ['REGULAR', 100],
])

/**
 * Has charging stations do what drivers prefer, as the node has accepted it: with half the power where it is to be cheap or
 * green, and by the tariff of the profile (SES-085, TAR-087).
 */
export const createPreferenceDesk =
  (context: CpoContext, sessionOf: (sessionId: string) => LiveSession | undefined) =>
  (data: unknown): void => {
    const profile = textAt(data, 'preferences', 'profile_type')
    const powerPercent = POWER_PERCENT.get(profile ?? '')
    const session = sessionOf(textAt(data, 'session_id') ?? '')
    if (profile === undefined || powerPercent === undefined || session === undefined) return
    if (textAt(data, 'response') !== 'ACCEPTED') return
    const tariff = tariffAt(context.tariffs, session.facts.connector, context.clock.nowS(), profile)
    if (session.prefer({ powerPercent, tariff }))
      context.tell({ type: 'session.preferred', session: session.facts.id, profile, powerPercent })
  }
