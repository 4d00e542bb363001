import type { Document, DriverCharge } from '@interwatt/store'
import { problem, type Result } from '../../result.js'
import { chargeEvent } from './charge-news.js'
import type { ChargeDeps } from './deps.js'
import { gatherCharge } from './gather.js'
import { failureOf } from './start-charge.js'

/** How a driver wants to charge. */
export interface WantedPreferences {
  readonly profileType: string
  /** ISO time. */
  readonly departureTime: string | null
  /** Exact text. */
  readonly energyNeedKwh: string | null
  readonly dischargeAllowed: boolean | null
}

const requestOf = ({
  profileType,
  departureTime,
  energyNeedKwh,
  dischargeAllowed,
}: WantedPreferences): Document => ({
  profile_type: profileType,
  ...(departureTime === null ? {} : { departure_time: departureTime }),
  ...(energyNeedKwh === null ? {} : { energy_need: Number(energyNeedKwh) }),
  ...(dischargeAllowed === null ? {} : { discharge_allowed: dischargeAllowed }),
})

const askedOf = ({
  profileType,
  departureTime,
  energyNeedKwh,
  dischargeAllowed,
}: WantedPreferences): Document => ({
  profile_type: profileType,
  departure_time: departureTime,
  energy_need_kwh: energyNeedKwh,
  discharge_allowed: dischargeAllowed,
})

/** Tells the CPO how a driver wants to charge and keeps what it says. A problem when no session runs, or the CPO cannot be asked. */
export const preferCharge = async (
  deps: ChargeDeps,
  charge: DriverCharge,
  wanted: WantedPreferences,
): Promise<Result<DriverCharge>> => {
  const { session, state } = await gatherCharge(deps, charge)
  if (session === undefined || !['charging', 'paused', 'waiting_for_cable'].includes(state.state))
    return {
      ...problem(409, 'Nothing is charging', 'Preferences are for charging that runs.'),
      type: 'nothing-charging',
    }
  const answer = await deps.setChargingPreferences(session.key, requestOf(wanted))
  if (answer.kind === 'problem' && answer.status < 409) return answer
  const at = new Date(deps.now()).toISOString()
  const said = answer.kind === 'done' ? { response: answer.value.response } : { failure: failureOf(answer) }
  const changed = await deps.charges.change(charge.id, {
    preferences: { asked: askedOf(wanted), at, ...said },
  })
  await deps.events.append(chargeEvent(charge))
  return answer.kind === 'done' ? { kind: 'done', value: changed ?? charge } : answer
}
