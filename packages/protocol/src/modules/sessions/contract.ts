import type { ModuleContract } from '../../contract/endpoint.js'
import type { Schema } from '../../schema/index.js'

type Schemas<S extends Schema, P extends Schema, R extends Schema> = {
  Session: S
  ChargingPreferences: P
  ChargingPreferencesResponse: R
}

/** Sessions, both interfaces, with charging preferences (2.2.1 `mod_sessions_interfaces_and_endpoints`). */
export const sessions = <S extends Schema, P extends Schema, R extends Schema>(v: Schemas<S, P, R>) => {
  const preferences = { document: 'charging_preferences', schema: v.ChargingPreferences } as const
  const response = {
    document: 'charging_preferences_response',
    schema: v.ChargingPreferencesResponse,
  } as const
  const session = { document: 'session', schema: v.Session } as const
  const sender = { module: 'sessions', side: 'SENDER', anchor: 'mod_sessions_cpo_interface' } as const
  const receiver = { module: 'sessions', side: 'RECEIVER', anchor: 'mod_sessions_emsp_interface' } as const
  const S = '/{country_code}/{party_id}/{session_id}'
  return {
    id: 'sessions',
    kind: 'functional',
    endpoints: [
      { operation: 'sessions.sender.list', ...sender, method: 'GET', path: '', data: session, paged: true },
      {
        operation: 'sessions.sender.setChargingPreferences',
        ...sender,
        method: 'PUT',
        path: '/{session_id}/charging_preferences',
        body: { ...preferences, form: 'whole' },
        data: response,
      },
      { operation: 'sessions.receiver.get', ...receiver, method: 'GET', path: S, data: session },
      {
        operation: 'sessions.receiver.put',
        ...receiver,
        method: 'PUT',
        path: S,
        body: { ...session, form: 'whole' },
      },
      {
        operation: 'sessions.receiver.patch',
        ...receiver,
        method: 'PATCH',
        path: S,
        body: { ...session, form: 'patch' },
      },
    ],
  } as const satisfies ModuleContract
}

/** Sessions of 2.1.1, which has no charging preferences. */
export const sessionsWithoutPreferences = <S extends Schema>(v: { Session: S }) => {
  const whole = sessions({ ...v, ChargingPreferences: v.Session, ChargingPreferencesResponse: v.Session })
  const [list, , get, put, patch] = whole.endpoints
  return { ...whole, endpoints: [list, get, put, patch] } as const satisfies ModuleContract
}
