import { createAuthorizationService } from '../authorization/authorization-service.js'
import { createDecide } from '../authorization/decide.js'
import { createAskAccess } from '../bookings/booking-access.js'
import { createBookingService } from '../bookings/booking-service.js'
import { fulfilBySession } from '../bookings/clock.js'
import type { ComposeDeps } from '../bookings/compose-order.js'
import { createCdrCheckService } from '../cdr-checks/cdr-check-service.js'
import type { CheckDueDeps } from '../cdr-checks/check-due.js'
import { createKeepActive } from '../charging-profiles/active-profiles.js'
import { createFinishProfile } from '../charging-profiles/finish.js'
import { createReporting } from '../charging-profiles/report.js'
import { createSendProfile } from '../charging-profiles/send.js'
import { createFinish, type FinishDeps } from '../commands/finish.js'
import { createSend } from '../commands/send.js'
import { createConversationService } from '../conversation/conversation-service.js'
import { createDriverService } from '../drivers/driver-service.js'
import { createReportService } from '../drivers/reports/report-service.js'
import { createHealthService } from '../health/health-service.js'
import { createInvoiceService } from '../invoices/invoice-service.js'
import { createSendPreferences } from '../modules/sessions/preferences.js'
import { createAddressedObjects } from '../objects/addressed-objects.js'
import { createObjectService } from '../objects/object-service.js'
import { createTariffOverlaps } from '../objects/tariff-overlaps.js'
import { createPaymentService } from '../payments/payment-service.js'
import { createTerminalChecks } from '../payments/terminal-checks.js'
import { createTerminalService } from '../payments/terminal-service.js'
import { createPriceService } from '../prices/price-service.js'
import type { PriceSessionsDeps } from '../prices/price-sessions.js'
import { createPartnerService } from '../registration/partner-service.js'
import { createScorecardService } from '../scorecard/scorecard-service.js'
import type { NodeServices } from '../services.js'
import { createStatusService } from '../statuses/status-service.js'
import { createCommandToken } from './command-tokens.js'
import type { Core } from './core.js'
import { createPartyService } from './party-service.js'
import { activeProfileEvent } from './publish.js'

/** What finishing and ending commands works with. */
export const finishDepsOf = ({ stores, directory, client, now, openPartner, publish }: Core): FinishDeps => ({
  commands: stores.commands,
  directory,
  client,
  now,
  openPartner,
  onUpdated: publish.commandUpdated,
})

/** What requesting, deciding and ending bookings works with. */
export const bookingDepsOf = ({
  stores,
  settings,
  directory,
  client,
  now,
  openPartner,
  askAway,
  publish,
}: Core): ComposeDeps => ({
  objects: stores.objects,
  bookings: stores.bookings,
  lookup: stores.lookup,
  directory,
  client,
  now,
  openPartner,
  askAway,
  event: publish.event,
  decisionTimeoutMs: settings.bookingDecisionS * 1000,
})

const commandService = (core: Core): NodeServices['commands'] => {
  const { stores, settings, secrets, directory } = core
  return {
    send: createSend({
      ...finishDepsOf(core),
      lookup: stores.lookup,
      objects: stores.objects,
      ruleOf: (token) => stores.rules.get(token.key),
      directory,
      secrets,
      publicUrl: settings.publicUrl,
      askAway: core.askAway,
    }),
    get: (id) => stores.commands.get(id),
    list: (query) => stores.commands.list(query),
    finish: createFinish(finishDepsOf(core)),
  }
}

const authorizationService = ({
  stores,
  settings,
  directory,
  client,
  now,
  openPartner,
  askAway,
}: Core): NodeServices['authorizations'] =>
  createAuthorizationService({
    stores,
    decide: createDecide({
      directory,
      lookup: stores.lookup,
      authorizations: stores.authorizations,
      client,
      now,
      timeoutMs: () => settings.authorizationTimeoutMs,
      openPartner,
      askAway,
      askAccess: createAskAccess({ ...stores, directory, now }),
      commandToken: createCommandToken(stores.commands, now),
    }),
  })

/** What sending, finishing, ending and telling of charging profiles works with. */
export const profileDepsOf = (core: Core) => {
  const { stores, directory, client, now, openPartner, askAway, publish } = core
  const { profileRequests: requests, activeProfiles: active } = stores
  const keepActive = createKeepActive({ active, now, activeEvent: activeProfileEvent })
  const onUpdated = publish.profileUpdated
  return {
    objects: stores.objects,
    requests,
    active,
    directory,
    client,
    now,
    openPartner,
    askAway,
    keepActive,
    onUpdated,
  }
}

/** What checking CDRs works with. */
export const checkDepsOf = ({ stores, directory, metrics, now, logError }: Core): CheckDueDeps => ({
  objects: stores.objects,
  lookup: stores.lookup,
  history: stores.tariffHistory,
  checks: stores.cdrChecks,
  directory,
  metrics,
  now,
  logError,
})

/** What pricing sessions works with. */
export const priceDepsOf = ({ stores, directory, now, logError }: Core): PriceSessionsDeps => ({
  logError,
  objects: stores.objects,
  history: stores.tariffHistory,
  costs: stores.sessionCosts,
  directory,
  now,
})

const chargingProfileService = (core: Core): NodeServices['chargingProfiles'] => {
  const deps = profileDepsOf(core)
  const { secrets, settings } = core
  return {
    ...createSendProfile({ ...deps, secrets, publicUrl: settings.publicUrl }),
    ...createReporting(deps),
    finish: createFinishProfile(deps),
    get: (id) => deps.requests.get(id),
    list: (query) => deps.requests.list(query),
    active: (session) => deps.active.get(session),
  }
}

/** Backlog of a partner over all modules. */
export const backlogOf =
  ({ sync }: Pick<Core, 'sync'>) =>
  async (partnerId: string): Promise<number> => {
    const { backlog } = await sync.status(partnerId)
    return Object.values(backlog).reduce((sum, count) => sum + count, 0)
  }

/** What tells how partners and stations do. */
const observing = (core: Core): Pick<NodeServices, 'health' | 'scorecards' | 'statuses'> => {
  const { stores, directory, settings, now, tally } = core
  return {
    health: createHealthService({
      health: stores.health,
      exchanges: stores.exchanges,
      flush: tally.flush,
      partners: directory.partners,
      backlogOf: backlogOf(core),
      now,
    }),
    scorecards: createScorecardService({
      ...stores,
      partnerOf: (id) => directory.inMemory(id),
      flush: tally.flush,
      now,
    }),
    statuses: createStatusService({ ...stores, keptDays: settings.statusHistoryDays, now }),
  }
}

/** The services behind the operator API. */
export const createServices = (core: Core): NodeServices => {
  const { stores, sync, directory, now, client, openPartner, registration } = core
  const overlaps = createTariffOverlaps(stores)
  const checks = createTerminalChecks(stores)
  const terminals = createTerminalService({
    objects: stores.objects,
    directory,
    client,
    now,
    openPartner,
    findingsOf: checks.of,
  })
  const objects = createObjectService({
    objects: stores.objects,
    lookup: stores.lookup,
    history: stores.tariffHistory,
    findingsOf: async (object) => [...(await overlaps.of(object)), ...(await checks.of(object))],
    addressed: createAddressedObjects({ lookup: stores.lookup, commands: stores.commands, now }),
    terminals,
    directory,
    hubClients: core.hubClients,
    now,
    bookings: stores.bookings,
    onOwnSession: (session) => fulfilBySession(bookingDepsOf(core), session),
    onOwnCdr: checks.tellCdr,
    sendPreferences: createSendPreferences({
      objects: stores.objects,
      events: stores.events,
      directory,
      client,
      now,
      openPartner,
      askAway: core.askAway,
    }),
  })
  return {
    parties: createPartyService({
      parties: stores.parties,
      directory,
      async findings(party, limit) {
        const overlapping = await overlaps.ofParty(party, limit)
        return [...overlapping, ...(await checks.ofParty(party, limit - overlapping.length))]
      },
      onChanged: () => sync.kick(),
    }),
    partners: createPartnerService({
      ...registration,
      sync: stores.sync,
      objects: stores.objects,
      backlog: async (partnerId) => (await sync.status(partnerId)).backlog,
      resync: (partnerId) => sync.resync(partnerId),
      async listFindings(partnerId) {
        await core.findings.flush()
        return stores.findings.list(partnerId, 1000)
      },
      saveProfile: (partnerId, profile) => stores.profiles.put(partnerId, profile),
      savePricing: (partnerId, pricing) => stores.profiles.putPricing(partnerId, pricing),
    }),
    objects,
    commands: commandService(core),
    authorizations: authorizationService(core),
    chargingProfiles: chargingProfileService(core),
    terminals,
    payments: createPaymentService(stores),
    invoices: createInvoiceService(stores),
    bookings: createBookingService(bookingDepsOf(core)),
    cdrChecks: createCdrCheckService(checkDepsOf(core)),
    prices: createPriceService(priceDepsOf(core)),
    ...observing(core),
    conversation: createConversationService({
      messages: stores.messages,
      story: stores.story,
      objects: stores.objects,
      lookup: stores.lookup,
      commands: stores.commands,
      authorizations: stores.authorizations,
      cdrChecks: stores.cdrChecks,
      recorder: core.recorder,
      client,
      openPartner,
      partnerOf: (id) => directory.inMemory(id),
      now,
    }),
    stations: core.stations,
    drivers: createDriverService({
      ...{ drivers: stores.drivers, objects, stored: stores.objects, lookup: stores.lookup, directory, now },
      charges: stores.driverCharges,
    }),
    problemReports: createReportService({
      ...{ reports: stores.problemReports, stored: stores.objects, event: core.publish.event, now },
      charges: stores.driverCharges,
    }),
  }
}
