import type { Driver, ReportOfDriver } from '@interwatt/store'
import type { Card } from '../../drivers/cards/cards.js'
import type { DriverService } from '../../drivers/driver-service.js'
import type { ReportService } from '../../drivers/reports/report-service.js'
import type { Problem, Result } from '../../services.js'

const AT = '2026-03-01T10:00:00.000Z'

/** The driver that a node in memory knows. */
export const driverInMemory: Driver = {
  id: '6f1f8a2e-6c0f-4f0e-9a52-0d9a3f1f7a01',
  party: { countryCode: 'DE', partyId: 'MSP' },
  contractId: 'DE-MSP-C12345678',
  email: 'robin@example.com',
  name: 'Robin',
  language: 'de',
  defaultVehicleId: null,
  isDemo: false,
  createdAt: AT,
}

const card: Card = { uid: '04AB12', label: null, visualNumber: 'DE-1', state: 'active', addedAt: AT }

const report: ReportOfDriver = {
  id: '6f1f8a2e-6c0f-4f0e-9a52-0d9a3f1f7a02',
  driverId: driverInMemory.id,
  kind: 'other',
  state: 'open',
  text: 'It rains in.',
  place: null,
  chargeId: null,
  answer: null,
  answeredAt: null,
  answeredBy: null,
  createdAt: AT,
  updatedAt: AT,
  driver: driverInMemory,
}

const unknown: Problem = { kind: 'problem', status: 404, title: 'Unknown', detail: 'It is not known here.' }

const done = <T>(isKnown: boolean, value: T): Result<T> => (isKnown ? { kind: 'done', value } : unknown)

/** Drivers and problem reports without a database: one of each. */
export const driversInMemory = (): { drivers: DriverService; problemReports: ReportService } => ({
  drivers: {
    list: async () => [driverInMemory],
    get: async (id) =>
      id === driverInMemory.id ? { driver: driverInMemory, cards: [card], vehicles: [] } : undefined,
    giveCard: async (id, { uid }) => done(id === driverInMemory.id, { ...card, uid }),
    takeCard: async (id) => done(id === driverInMemory.id, null),
    remove: async (id) => done(id === driverInMemory.id, null),
  },
  problemReports: {
    add: async () => done(true, report),
    get: async (id) => (id === report.id ? report : undefined),
    list: async () => [report],
    change: async (id, { answer }) => done(id === report.id, { ...report, answer: answer ?? null }),
  },
})
