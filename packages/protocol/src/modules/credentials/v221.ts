import {
  COUNTRY_ALPHA_2,
  CREDENTIALS_TOKEN,
  ciString,
  type Infer,
  object,
  one,
  PARTY_ID,
  some,
  string,
  url,
} from '../../schema/index.js'
import { BusinessDetails } from '../locations/v221.js'
import { Role } from '../types/v221.js'
import { rolesDiffer } from './checks.js'

/** 2.2.1 `credentials_credentials_role_class`. */
export const CredentialsRole = object('CredentialsRole', 'credentials_credentials_role_class', {
  role: one(Role),
  business_details: one(BusinessDetails),
  party_id: one(ciString(3, PARTY_ID)),
  country_code: one(ciString(2, COUNTRY_ALPHA_2)),
})
export type CredentialsRole = Infer<typeof CredentialsRole>

/** 2.2.1 `credentials_credentials_object`. */
export const Credentials = object(
  'Credentials',
  'credentials_credentials_object',
  {
    token: one(string(64, CREDENTIALS_TOKEN)),
    url: one(url()),
    roles: some(CredentialsRole),
  },
  rolesDiffer,
)
export type Credentials = Infer<typeof Credentials>
