import { objects } from './0001-objects.js'
import { events } from './0002-events.js'
import { partners } from './0003-partners.js'
import { commands } from './0004-commands.js'
import { sync } from './0005-sync.js'
import { access } from './0006-access.js'
import { commandParties } from './0007-command-parties.js'
import { findings } from './0008-findings.js'
import { partnerStatusSince } from './0009-partner-status-since.js'
import { tariffStates } from './0010-tariff-states.js'
import { partnerProfiles } from './0011-partner-profiles.js'
import { onePartyConnections } from './0012-one-party-connections.js'
import { chargingProfiles } from './0013-charging-profiles.js'
import { addressedObjects } from './0020-addressed-objects.js'
import { agreedModules } from './0021-agreed-modules.js'
import { bookings } from './0030-bookings.js'
import { bookingOrders } from './0031-booking-orders.js'
import { receivedCommands } from './0032-received-commands.js'
import { askedPulls } from './0033-asked-pulls.js'
import { clockedPartners } from './0034-clocked-partners.js'
import { cdrEnds } from './0035-cdr-ends.js'
import { bookingDeadlines } from './0036-booking-deadlines.js'
import { cdrChecks } from './0040-cdr-checks.js'
import { sessionCosts } from './0044-session-costs.js'
import { messages } from './0050-messages.js'
import { testPartners } from './0051-test-partners.js'
import { storyIndexes } from './0052-story-indexes.js'
import { operatorRoles } from './0053-operator-roles.js'
import { operatorSessions } from './0054-operator-sessions.js'
import { drivers } from './0060-drivers.js'
import { driverAccess } from './0061-driver-access.js'
import { driverCards } from './0062-driver-cards.js'
import { problemReports } from './0063-problem-reports.js'
import { objectsOfContract } from './0064-objects-of-contract.js'
import { driverCharges } from './0070-driver-charges.js'
import { stationCodes } from './0075-station-codes.js'
import { partnerExchanges } from './0085-partner-exchanges.js'
import { partnerProblems } from './0086-partner-problems.js'
import { evseStatuses } from './0087-evse-statuses.js'
import { sortedLists } from './0088-sorted-lists.js'
import { operatorAccounts } from './0090-operator-accounts.js'
import { messageIdIndexes } from './0091-message-id-indexes.js'
import type { Migration } from './migration.js'

export type { Migration } from './migration.js'

/** All steps of the schema. */
export const migrations: readonly Migration[] = [
  objects,
  events,
  partners,
  commands,
  sync,
  access,
  commandParties,
  findings,
  partnerStatusSince,
  tariffStates,
  partnerProfiles,
  onePartyConnections,
  chargingProfiles,
  addressedObjects,
  agreedModules,
  bookings,
  bookingOrders,
  receivedCommands,
  operatorRoles,
  operatorSessions,
  askedPulls,
  clockedPartners,
  cdrEnds,
  bookingDeadlines,
  cdrChecks,
  sessionCosts,
  messages,
  testPartners,
  storyIndexes,
  drivers,
  driverAccess,
  driverCards,
  problemReports,
  objectsOfContract,
  driverCharges,
  stationCodes,
  partnerExchanges,
  partnerProblems,
  evseStatuses,
  sortedLists,
  operatorAccounts,
  messageIdIndexes,
]
