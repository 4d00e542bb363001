import type { Endpoint, ModuleContract } from '../../contract/endpoint.js'
import type { Schema } from '../../schema/index.js'

type Schemas<L extends Schema, E extends Schema, C extends Schema> = { Location: L; EVSE: E; Connector: C }

/** Locations, both interfaces (2.2.1 `mod_locations_interfaces_and_endpoints`). */
export const locations = <L extends Schema, E extends Schema, C extends Schema>(v: Schemas<L, E, C>) => {
  const location = { document: 'location', schema: v.Location } as const
  const evse = { document: 'evse', schema: v.EVSE } as const
  const connector = { document: 'connector', schema: v.Connector } as const
  const sender = { module: 'locations', side: 'SENDER', anchor: 'mod_locations_cpo_interface' } as const
  const receiver = { module: 'locations', side: 'RECEIVER', anchor: 'mod_locations_emsp_interface' } as const
  const L = '/{country_code}/{party_id}/{location_id}'
  const E = '/{country_code}/{party_id}/{location_id}/{evse_uid}'
  const C = '/{country_code}/{party_id}/{location_id}/{evse_uid}/{connector_id}'
  return {
    id: 'locations',
    kind: 'functional',
    endpoints: [
      { operation: 'locations.sender.list', ...sender, method: 'GET', path: '', data: location, paged: true },
      { operation: 'locations.sender.get', ...sender, method: 'GET', path: '/{location_id}', data: location },
      {
        operation: 'locations.sender.getEvse',
        ...sender,
        method: 'GET',
        path: '/{location_id}/{evse_uid}',
        data: evse,
      },
      {
        operation: 'locations.sender.getConnector',
        ...sender,
        method: 'GET',
        path: '/{location_id}/{evse_uid}/{connector_id}',
        data: connector,
      },
      { operation: 'locations.receiver.get', ...receiver, method: 'GET', path: L, data: location },
      { operation: 'locations.receiver.getEvse', ...receiver, method: 'GET', path: E, data: evse },
      { operation: 'locations.receiver.getConnector', ...receiver, method: 'GET', path: C, data: connector },
      {
        operation: 'locations.receiver.put',
        ...receiver,
        method: 'PUT',
        path: L,
        body: { ...location, form: 'whole' },
      },
      {
        operation: 'locations.receiver.putEvse',
        ...receiver,
        method: 'PUT',
        path: E,
        body: { ...evse, form: 'whole' },
      },
      {
        operation: 'locations.receiver.putConnector',
        ...receiver,
        method: 'PUT',
        path: C,
        body: { ...connector, form: 'whole' },
      },
      {
        operation: 'locations.receiver.patch',
        ...receiver,
        method: 'PATCH',
        path: L,
        body: { ...location, form: 'patch' },
      },
      {
        operation: 'locations.receiver.patchEvse',
        ...receiver,
        method: 'PATCH',
        path: E,
        body: { ...evse, form: 'patch' },
      },
      {
        operation: 'locations.receiver.patchConnector',
        ...receiver,
        method: 'PATCH',
        path: C,
        body: { ...connector, form: 'patch' },
      },
    ],
  } as const satisfies ModuleContract & { endpoints: readonly Endpoint[] }
}
