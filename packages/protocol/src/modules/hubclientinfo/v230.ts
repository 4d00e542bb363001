import { COUNTRY_ALPHA_2, ciString, dateTime, type Infer, object, one, PARTY_ID } from '../../schema/index.js'
import { Role } from '../types/v230.js'
import { ConnectionStatus } from './v221.js'

export { ConnectionStatus } from './v221.js'

/** 2.3.0 `mod_hub_client_info_hub_client_info_object`. */
export const ClientInfo = object('ClientInfo', 'mod_hub_client_info_hub_client_info_object', {
  party_id: one(ciString(3, PARTY_ID)),
  country_code: one(ciString(2, COUNTRY_ALPHA_2)),
  role: one(Role),
  status: one(ConnectionStatus),
  last_updated: one(dateTime()),
})
export type ClientInfo = Infer<typeof ClientInfo>
