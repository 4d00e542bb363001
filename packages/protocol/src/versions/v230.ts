import { bookings } from '../modules/bookings/contract.js'
import * as bookingSchemas from '../modules/bookings/v230.js'
import { cdrs } from '../modules/cdrs/contract.js'
import * as cdrSchemas from '../modules/cdrs/v230.js'
import { chargingprofiles } from '../modules/chargingprofiles/contract.js'
import * as profileSchemas from '../modules/chargingprofiles/v230.js'
import { commands } from '../modules/commands/contract.js'
import * as commandSchemas from '../modules/commands/v230.js'
import { credentials } from '../modules/credentials/contract.js'
import * as credentialSchemas from '../modules/credentials/v230.js'
import { hubclientinfo } from '../modules/hubclientinfo/contract.js'
import * as clientInfoSchemas from '../modules/hubclientinfo/v230.js'
import { invoiceReconciliation } from '../modules/invoice-reconciliation/contract.js'
import * as invoiceSchemas from '../modules/invoice-reconciliation/v230.js'
import { locations } from '../modules/locations/contract.js'
import * as locationSchemas from '../modules/locations/v230.js'
import { payments } from '../modules/payments/contract.js'
import * as receivedPayments from '../modules/payments/received.js'
import * as paymentSchemas from '../modules/payments/v230.js'
import { sessions } from '../modules/sessions/contract.js'
import * as sessionSchemas from '../modules/sessions/v230.js'
import { tariffs } from '../modules/tariffs/contract.js'
import * as tariffSchemas from '../modules/tariffs/v230.js'
import { tokens } from '../modules/tokens/contract.js'
import * as tokenSchemas from '../modules/tokens/v230.js'
import type { Version } from './version.js'

/** OCPI 2.3.0. */
export const v230 = {
  id: '2.3.0',
  traits: {
    tokenEncoding: 'base64',
    routingHeaders: true,
    patchNeedsLastUpdated: true,
    connects: 'platforms',
    needsFacts: false,
    caseSensitiveIds: false,
    tokenTypeInUrl: true,
    unknownTokenCode: true,
    patchedPeriods: 'append',
    answersByWord: false,
    fractionDigits: 3,
  },
  modules: [
    credentials(credentialSchemas),
    locations(locationSchemas),
    tariffs(tariffSchemas),
    tokens(tokenSchemas),
    sessions(sessionSchemas),
    cdrs(cdrSchemas),
    commands(commandSchemas),
    chargingprofiles(profileSchemas),
    hubclientinfo(clientInfoSchemas),
    payments({ ...paymentSchemas, ...receivedPayments }),
    invoiceReconciliation(invoiceSchemas),
    bookings(bookingSchemas),
  ],
} as const satisfies Version
