import { cdrs } from '../modules/cdrs/contract.js'
import * as cdrSchemas from '../modules/cdrs/v211.js'
import { commandsWithoutCancelling } from '../modules/commands/contract.js'
import * as commandSchemas from '../modules/commands/v211.js'
import { credentials } from '../modules/credentials/contract.js'
import * as credentialSchemas from '../modules/credentials/v211.js'
import { locations } from '../modules/locations/contract.js'
import * as locationSchemas from '../modules/locations/v211.js'
import { sessionsWithoutPreferences } from '../modules/sessions/contract.js'
import * as sessionSchemas from '../modules/sessions/v211.js'
import { tariffsWithPatch } from '../modules/tariffs/contract.js'
import * as tariffSchemas from '../modules/tariffs/v211.js'
import { tokensByUid } from '../modules/tokens/contract.js'
import * as tokenSchemas from '../modules/tokens/v211.js'
import type { Version } from './version.js'

/** OCPI 2.1.1. */
export const v211 = {
  id: '2.1.1',
  traits: {
    tokenEncoding: 'plain',
    routingHeaders: false,
    patchNeedsLastUpdated: false,
    connects: 'parties',
    needsFacts: true,
    caseSensitiveIds: true,
    tokenTypeInUrl: false,
    unknownTokenCode: false,
    patchedPeriods: 'upsert',
    answersByWord: true,
    fractionDigits: 0,
  },
  modules: [
    credentials(credentialSchemas),
    locations(locationSchemas),
    tariffsWithPatch(tariffSchemas),
    tokensByUid(tokenSchemas),
    sessionsWithoutPreferences(sessionSchemas),
    cdrs(cdrSchemas),
    commandsWithoutCancelling(commandSchemas),
  ],
} as const satisfies Version
