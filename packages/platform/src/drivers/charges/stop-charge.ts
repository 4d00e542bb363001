import type { DriverCharge } from '@interwatt/store'
import { problem, type Result } from '../../result.js'
import { chargeEvent } from './charge-news.js'
import type { ChargeDeps } from './deps.js'
import { type GatheredCharge, gatherCharge } from './gather.js'
import { ANSWER_MS, inTime } from './in-time.js'
import { failureOf } from './start-charge.js'

const askToStop = async (
  deps: ChargeDeps,
  { charge, session }: GatheredCharge,
  askedAt: string,
): Promise<void> => {
  const { countryCode: country_code, partyId: party_id } = charge.party
  const failed = (failure: object) => deps.charges.change(charge.id, { stop: { asked_at: askedAt, failure } })
  try {
    const sent = await deps.send('STOP_SESSION', { country_code, party_id, session_id: session?.document.id })
    if (sent.kind === 'problem') await failed(failureOf(sent))
    else await deps.charges.change(charge.id, { stopCommandId: sent.value.id })
  } catch (error) {
    deps.logError(error)
    await failed({ status: 500, title: 'Not sent', detail: 'The request could not be sent.' })
  }
  await deps.events.append(chargeEvent(charge))
}

const RUNNING: readonly unknown[] = ['ACTIVE', 'PENDING', 'RESERVATION']

/**
 * Asks the CPO to stop a charge; settles with its answer, or after a moment without it. Asking again while it stops changes nothing. A
 * problem when no session runs.
 */
export const stopCharge = async (deps: ChargeDeps, charge: DriverCharge): Promise<Result<DriverCharge>> => {
  const gathered = await gatherCharge(deps, charge)
  const { session, state, cdrs } = gathered
  if (session === undefined || cdrs.length > 0 || !RUNNING.includes(session.document.status))
    return {
      ...problem(409, 'Nothing to stop', 'No charging runs that could be stopped.'),
      type: 'nothing-to-stop',
    }
  if (state.state === 'stopping') return { kind: 'done', value: charge }
  const askedAt = new Date(deps.now()).toISOString()
  // NOTE: of two wishes at the same time one is sent; a refusal of the other would look like one of both.
  if (await deps.charges.beginStop(charge, { asked_at: askedAt }))
    await inTime(askToStop(deps, gathered, askedAt), ANSWER_MS)
  return { kind: 'done', value: (await deps.charges.get(charge.driverId, charge.id)) ?? charge }
}
