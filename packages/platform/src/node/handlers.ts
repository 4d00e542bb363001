import type { ClientPartner, OcpiClient } from '@interwatt/client'
import type { Handlers } from '@interwatt/server'
import type { Document, Partner } from '@interwatt/store'
import type { Sync } from '@interwatt/sync'
import { createAnswerAuthorization } from '../authorization/answer.js'
import { createAskAccess } from '../bookings/booking-access.js'
import { createKeepActive } from '../charging-profiles/active-profiles.js'
import { receivedProfileHandlers } from '../charging-profiles/receive.js'
import { createRelay, finishRelayed } from '../charging-profiles/relay.js'
import { profileSenderHandlers } from '../charging-profiles/results.js'
import { createSendRelayed } from '../charging-profiles/send.js'
import { receivedCommandHandlers } from '../commands/receive.js'
import { commandResultHandler } from '../commands/results.js'
import type { AskAway } from '../directory/away.js'
import type { HubClients } from '../directory/hub-clients.js'
import type { Directory } from '../directory/partner-directory.js'
import { partnerHosts } from '../directory/partner-hosts.js'
import { bookingHandlers } from '../modules/bookings/handlers.js'
import { cdrHandlers } from '../modules/cdrs/handlers.js'
import { clientInfoHandlers } from '../modules/hubclientinfo/handlers.js'
import { invoiceHandlers } from '../modules/invoice-reconciliation/handlers.js'
import { locationHandlers } from '../modules/locations/handlers.js'
import { paymentReceiverHandlers } from '../modules/payments/receiver-handlers.js'
import { paymentSenderHandlers } from '../modules/payments/sender-handlers.js'
import { sessionHandlers } from '../modules/sessions/handlers.js'
import { createDecidePreferences } from '../modules/sessions/preferences.js'
import { tariffHandlers } from '../modules/tariffs/handlers.js'
import { tokenHandlers } from '../modules/tokens/handlers.js'
import { createTerminalChecks } from '../payments/terminal-checks.js'
import { credentialsHandlers, type RegistrationDeps } from '../registration/receiver.js'
import type { Secrets } from '../secrets.js'
import { activeProfileEvent, type Publish, profileReceivedEvent, receivedEvent } from './publish.js'
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
  readonly profilesPerMinute: number
  readonly registration: RegistrationDeps
  readonly sync: Pick<Sync, 'pullAgain'>
  readonly askAway: AskAway
  readonly hubClients: Pick<HubClients, 'forget'>
  logError(error: unknown): void
  openPartner(partner: Partner): ClientPartner | undefined
  adoptSession(partnerId: string, session: Document): Promise<void>
  /** Why an address may not be called, undefined when it may (promise 6). */
  refuseAddress(url: string, allowedHosts: readonly string[]): Promise<string | undefined>
}

const refuseResponseUrlOf =
  ({ directory, refuseAddress }: Pick<HandlerDeps, 'directory' | 'refuseAddress'>) =>
  async (partnerId: string, url: string): Promise<string | undefined> => {
    const partner = await directory.partner(partnerId)
    return refuseAddress(url, partner ? partnerHosts(partner) : [])
  }

/** What an operator has allowed a partner. */
const allows =
  ({ directory }: Pick<HandlerDeps, 'directory'>, what: 'unlockAllowed' | 'profilesAllowed') =>
  (partnerId: string): boolean =>
    directory.partners().some((partner) => partner.id === partnerId && partner[what])

const profileHandlers = (deps: HandlerDeps) => {
  const { stores, directory, now } = deps
  const { profileRequests: requests, activeProfiles: active } = stores
  const shared = {
    objects: stores.objects,
    lookup: stores.lookup,
    requests,
    directory,
    client: deps.client,
    secrets: deps.secrets,
    publicUrl: deps.publicUrl,
    now,
    askAway: deps.askAway,
    openPartner: deps.openPartner,
    logError: deps.logError,
    keepActive: createKeepActive({ active, now, activeEvent: activeProfileEvent }),
    onUpdated: deps.publish.profileUpdated,
  }
  return {
    ...receivedProfileHandlers({
      objects: stores.objects,
      requests,
      directory,
      now,
      timeoutS: deps.commandTimeoutS,
      perMinute: deps.profilesPerMinute,
      refuseResponseUrl: refuseResponseUrlOf(deps),
      mayAlwaysSteer: allows(deps, 'profilesAllowed'),
      receivedEvent: profileReceivedEvent,
      relay: createRelay({ ...shared, sendRelayed: createSendRelayed(shared) }),
    }),
    ...profileSenderHandlers({
      ...shared,
      onResult: (sent) => void finishRelayed(shared, sent).catch(deps.logError),
    }),
  }
}

/** One handler for every OCPI operation, over the stores of the node. */
export const createHandlers = (deps: HandlerDeps): Handlers => {
  const { stores, directory, publicUrl, now } = deps
  const shared = { objects: stores.objects, lookup: stores.lookup, directory, publicUrl, now }
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
    ...tokenHandlers({ ...shared, answerAuthorization }),
    ...sessionHandlers({ ...shared, decidePreferences, onReceived: deps.adoptSession }),
    ...cdrHandlers({ ...shared, onReceived: createTerminalChecks(stores).tellCdr }),
    ...paymentSenderHandlers({ ...shared, lookup: stores.lookup, events: stores.events }),
    ...paymentReceiverHandlers({ ...shared, lookup: stores.lookup, events: stores.events }),
    ...invoiceHandlers({ ...shared, events: stores.events }),
    ...bookingHandlers({ ...shared, bookings: stores.bookings, event: deps.publish.event }),
    ...receivedCommandHandlers({
      objects: stores.objects,
      commands: stores.commands,
      directory,
      now,
      timeoutS: deps.commandTimeoutS,
      refuseResponseUrl: refuseResponseUrlOf(deps),
      mayUnlock: allows(deps, 'unlockAllowed'),
      receivedEvent,
      askAccess: createAskAccess({ ...stores, directory, now }),
    }),
    ...profileHandlers(deps),
    ...clientInfoHandlers({
      ...shared,
      onReturned: deps.sync.pullAgain,
      forgetClients: deps.hubClients.forget,
    }),
    'commands.sender.result': commandResultHandler({
      commands: stores.commands,
      secrets: deps.secrets,
      now,
      onUpdated: deps.publish.commandUpdated,
    }),
  }
}
