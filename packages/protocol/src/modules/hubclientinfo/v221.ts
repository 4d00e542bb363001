import {
  COUNTRY_ALPHA_2,
  ciString,
  closed,
  dateTime,
  type Infer,
  object,
  one,
  PARTY_ID,
} from '../../schema/index.js'
import { Role } from '../types/v221.js'

/** 2.2.1 `mod_hub_client_info_hub_connection_type_enum`. */
export const ConnectionStatus = closed('ConnectionStatus', 'mod_hub_client_info_hub_connection_type_enum', [
  'CONNECTED',
  'OFFLINE',
  'PLANNED',
  'SUSPENDED',
])
export type ConnectionStatus = Infer<typeof ConnectionStatus>

/** 2.2.1 `mod_hub_client_info_hub_client_info_object`. */
export const ClientInfo = object('ClientInfo', 'mod_hub_client_info_hub_client_info_object', {
  party_id: one(ciString(3, PARTY_ID)),
  country_code: one(ciString(2, COUNTRY_ALPHA_2)),
  role: one(Role),
  status: one(ConnectionStatus),
  last_updated: one(dateTime()),
})
export type ClientInfo = Infer<typeof ClientInfo>
