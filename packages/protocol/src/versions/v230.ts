import { bookings } from '../modules/bookings/contract.js'
import * as bookingSchemas from '../modules/bookings/v230.js'
import { cdrs } from '../modules/cdrs/contract.js'
import * as cdrSchemas from '../modules/cdrs/v230.js'
import { commands } from '../modules/commands/contract.js'
import * as commandSchemas from '../modules/commands/v230.js'
import { credentials } from '../modules/credentials/contract.js'
import * as credentialSchemas from '../modules/credentials/v230.js'
import { locations } from '../modules/locations/contract.js'
import * as locationSchemas from '../modules/locations/v230.js'
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
  traits: { tokenEncoding: 'base64', routingHeaders: true, patchNeedsLastUpdated: true, fractionDigits: 3 },
  modules: [
    credentials(credentialSchemas),
    locations(locationSchemas),
    tariffs(tariffSchemas),
    tokens(tokenSchemas),
    sessions(sessionSchemas),
    cdrs(cdrSchemas),
    commands(commandSchemas),
    bookings(bookingSchemas),
  ],
} as const satisfies Version
