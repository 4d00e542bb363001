import type { ClientPartner, OcpiClient } from '@interwatt/client'
import { hostsOf } from '@interwatt/protocol'
import type { Handlers } from '@interwatt/server'
import type { Document, Partner } from '@interwatt/store'
import { createAnswerAuthorization } from '../authorization/answer.js'
import { createAskAccess } from '../bookings/booking-access.js'
import { receivedCommandHandlers } from '../commands/receive.js'
import { commandResultHandler } from '../commands/results.js'
import type { Directory } from '../directory/partner-directory.js'
import { bookingHandlers } from '../modules/bookings/handlers.js'
import { cdrHandlers } from '../modules/cdrs/handlers.js'
import { locationHandlers } from '../modules/locations/handlers.js'
import { sessionHandlers } from '../modules/sessions/handlers.js'
import { createDecidePreferences } from '../modules/sessions/preferences.js'
import { tariffHandlers } from '../modules/tariffs/handlers.js'
import { tokenHandlers } from '../modules/tokens/handlers.js'
import { credentialsHandlers, type RegistrationDeps } from '../registration/receiver.js'
import type { Secrets } from '../secrets.js'
import { type Publish, receivedEvent } from './publish.js'
import type { Stores } from './stores.js'

export interface HandlerDeps {
  readonly stores: Stores
  readonly directory: Directory
  readonly client: OcpiClient
  readonly secrets: Secrets
  readonly publish: Publish
  readonly publicUrl: string
  readonly now: () => number
  readonly commandTimeoutS: number
  readonly registration: RegistrationDeps
  openPartner(partner: Partner): ClientPartner | undefined
  adoptSession(partnerId: string, session: Document): Promise<void>
  /** Why an address may not be called, undefined when it may (promise 6). */
  refuseAddress(url: string, allowedHosts: readonly string[]): Promise<string | undefined>
}

/** Hosts that a partner's token may be sent to. */
const partnerHosts = (partner: Partner): readonly string[] =>
  hostsOf([partner.versionsUrl ?? '', ...partner.endpoints.map((endpoint) => endpoint.url)])

/** One handler for every OCPI operation, over the stores of the node. */
export const createHandlers = (deps: HandlerDeps): Handlers => {
  const { stores, directory, publicUrl, now } = deps
  const shared = { objects: stores.objects, directory, publicUrl, now }
  const answerAuthorization = createAnswerAuthorization({
    directory,
    lookup: stores.lookup,
    authorizations: stores.authorizations,
    now,
    ruleOf: (token) => stores.rules.get(token.key),
  })
  const decidePreferences = createDecidePreferences({
    ...shared,
    events: stores.events,
    client: deps.client,
    openPartner: deps.openPartner,
  })
  return {
    ...credentialsHandlers(deps.registration),
    ...locationHandlers(shared),
    ...tariffHandlers(shared),
    ...tokenHandlers({ ...shared, lookup: stores.lookup, answerAuthorization }),
    ...sessionHandlers({ ...shared, decidePreferences, onReceived: deps.adoptSession }),
    ...cdrHandlers(shared),
    ...bookingHandlers({ ...shared, bookings: stores.bookings, event: deps.publish.event }),
    ...receivedCommandHandlers({
      objects: stores.objects,
      commands: stores.commands,
      directory,
      now,
      timeoutS: deps.commandTimeoutS,
      async refuseResponseUrl(partnerId, url) {
        const partner = await directory.partner(partnerId)
        return deps.refuseAddress(url, partner ? partnerHosts(partner) : [])
      },
      mayUnlock: (partnerId) =>
        directory.partners().some((partner) => partner.id === partnerId && partner.unlockAllowed),
      receivedEvent,
      askAccess: createAskAccess({ ...stores, directory, now }),
    }),
    'commands.sender.result': commandResultHandler({
      commands: stores.commands,
      secrets: deps.secrets,
      now,
      onUpdated: deps.publish.commandUpdated,
    }),
  }
}
