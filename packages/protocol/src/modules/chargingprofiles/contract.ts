import type { ModuleContract } from '../../contract/endpoint.js'
import { int, type Schema, url } from '../../schema/index.js'

type Schemas<
  P extends Schema,
  A extends Schema,
  R extends Schema,
  X extends Schema,
  Y extends Schema,
  Z extends Schema,
> = {
  SetChargingProfile: P
  ActiveChargingProfile: A
  ChargingProfileResponse: R
  ActiveChargingProfileResult: X
  ChargingProfileResult: Y
  ClearProfileResult: Z
}

/**
 * Charging profiles: the CPO receives them; who steers receives results and changes (2.2.1
 * `mod_charging_profiles_interfaces_and_endpoints`).
 */
export const chargingprofiles = <
  P extends Schema,
  A extends Schema,
  R extends Schema,
  X extends Schema,
  Y extends Schema,
  Z extends Schema,
>(
  v: Schemas<P, A, R, X, Y, Z>,
) => {
  const wanted = { document: 'set_charging_profile', schema: v.SetChargingProfile } as const
  const active = { document: 'active_charging_profile', schema: v.ActiveChargingProfile } as const
  const activeResult = {
    document: 'active_charging_profile_result',
    schema: v.ActiveChargingProfileResult,
  } as const
  const setResult = { document: 'charging_profile_result', schema: v.ChargingProfileResult } as const
  const clearResult = { document: 'clear_profile_result', schema: v.ClearProfileResult } as const
  const receiver = {
    module: 'chargingprofiles',
    side: 'RECEIVER',
    anchor: 'mod_charging_profiles_cpo_interface',
    path: '/{session_id}',
    data: { document: 'charging_profile_response', schema: v.ChargingProfileResponse },
  } as const
  const sender = {
    module: 'chargingprofiles',
    side: 'SENDER',
    anchor: 'mod_charging_profiles_emsp_interface',
  } as const
  return {
    id: 'chargingprofiles',
    kind: 'functional',
    endpoints: [
      {
        operation: 'chargingprofiles.receiver.read',
        ...receiver,
        method: 'GET',
        query: { duration: int(), response_url: url() },
      },
      {
        operation: 'chargingprofiles.receiver.set',
        ...receiver,
        method: 'PUT',
        body: { ...wanted, form: 'whole' },
      },
      {
        operation: 'chargingprofiles.receiver.clear',
        ...receiver,
        method: 'DELETE',
        query: { response_url: url() },
      },
      /** A change nobody here asked for (CP-011). */
      {
        operation: 'chargingprofiles.sender.update',
        ...sender,
        method: 'PUT',
        path: '/{session_id}',
        body: { ...active, form: 'whole' },
      },
      /** Results, on the `response_url` we made: its path tells which of the three it is. */
      {
        operation: 'chargingprofiles.sender.readResult',
        ...sender,
        method: 'POST',
        path: '/READ/{response_id}',
        body: { ...activeResult, form: 'whole', mayBeEnveloped: true },
      },
      {
        operation: 'chargingprofiles.sender.setResult',
        ...sender,
        method: 'POST',
        path: '/SET/{response_id}',
        body: { ...setResult, form: 'whole', mayBeEnveloped: true },
      },
      {
        operation: 'chargingprofiles.sender.clearResult',
        ...sender,
        method: 'POST',
        path: '/CLEAR/{response_id}',
        body: { ...clearResult, form: 'whole', mayBeEnveloped: true },
      },
    ],
  } as const satisfies ModuleContract
}
