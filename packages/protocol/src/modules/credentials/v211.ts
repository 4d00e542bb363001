import {
  COUNTRY_ALPHA_2,
  CREDENTIALS_TOKEN,
  type Infer,
  object,
  one,
  PARTY_ID,
  string,
  tolerate,
  url,
} from '../../schema/index.js'
import { BusinessDetails } from '../locations/v211.js'
import { NO_BUSINESS_DETAILS } from './checks.js'

/** 2.1.1 `credentials_credentials_object`: one party; its role is that of the address used. */
export const Credentials = object('Credentials', 'credentials_credentials_object', {
  token: one(string(64, CREDENTIALS_TOKEN)),
  url: one(url()),
  business_details: tolerate(one(BusinessDetails), NO_BUSINESS_DETAILS),
  party_id: one(string(3, PARTY_ID)),
  country_code: one(string(2, COUNTRY_ALPHA_2)),
})
export type Credentials = Infer<typeof Credentials>
