import {
  COUNTRY_ALPHA_2,
  CREDENTIALS_TOKEN,
  ciString,
  HUB_PARTY_ID,
  type Infer,
  object,
  one,
  opt,
  PARTY_ID,
  some,
  string,
  tolerate,
  url,
} from '../../schema/index.js'
import { BusinessDetails } from '../locations/v230.js'
import { Role } from '../types/v230.js'
import { PAYMENT_TERMINAL_PROVIDER, rolesDiffer } from './checks.js'

/** 2.3.0 `credentials_credentials_role_class`. */
export const CredentialsRole = object('CredentialsRole', 'credentials_credentials_role_class', {
  role: tolerate(one(Role), PAYMENT_TERMINAL_PROVIDER),
  business_details: one(BusinessDetails),
  party_id: one(ciString(3, PARTY_ID)),
  country_code: one(ciString(2, COUNTRY_ALPHA_2)),
})
export type CredentialsRole = Infer<typeof CredentialsRole>

/** 2.3.0 `credentials_credentials_object`. */
export const Credentials = object(
  'Credentials',
  'credentials_credentials_object',
  {
    token: one(string(64, CREDENTIALS_TOKEN)),
    url: one(url()),
    hub_party_id: opt(ciString(5, HUB_PARTY_ID)),
    roles: some(CredentialsRole),
  },
  rolesDiffer,
)
export type Credentials = Infer<typeof Credentials>
