import type { ModuleContract } from '../../contract/endpoint.js'
import type { Schema } from '../../schema/index.js'

/** HubClientInfo: a hub tells its clients of each other, platform to platform (2.2.1 `mod_hub_client_info_module`). */
export const hubclientinfo = <S extends Schema>(v: { ClientInfo: S }) => {
  const clientInfo = { document: 'client_info', schema: v.ClientInfo } as const
  const sender = {
    module: 'hubclientinfo',
    side: 'SENDER',
    anchor: 'mod_hub_client_info_hub_interface',
  } as const
  const receiver = {
    module: 'hubclientinfo',
    side: 'RECEIVER',
    anchor: 'mod_hub_client_info_client_interface',
    path: '/{country_code}/{party_id}',
  } as const
  return {
    id: 'hubclientinfo',
    kind: 'configuration',
    endpoints: [
      {
        operation: 'hubclientinfo.sender.list',
        ...sender,
        method: 'GET',
        path: '',
        data: clientInfo,
        paged: true,
      },
      { operation: 'hubclientinfo.receiver.get', ...receiver, method: 'GET', data: clientInfo },
      {
        operation: 'hubclientinfo.receiver.put',
        ...receiver,
        method: 'PUT',
        body: { ...clientInfo, form: 'whole' },
      },
    ],
  } as const satisfies ModuleContract
}
