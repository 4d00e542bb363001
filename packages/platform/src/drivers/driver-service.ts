import { sameParty } from '@interwatt/protocol'
import type { Driver, DriverStore } from '@interwatt/store'
import type { Directory } from '../directory/partner-directory.js'
import { problem, type Result } from '../result.js'
import { type DeleteDeps, deleteDriver } from './accounts/delete-driver.js'
import { type Card, type CardDeps, cardsOf, giveCard, type NewCard, takeCard } from './cards/cards.js'
import { type Vehicle, vehiclesOf } from './vehicles/vehicles.js'

/** A driver as an operator sees them. */
export interface DriverFile {
  readonly driver: Driver
  readonly cards: readonly Card[]
  readonly vehicles: readonly Vehicle[]
}

/** What operators do with drivers. */
export interface DriverService {
  list: DriverStore['list']
  get(id: string): Promise<DriverFile | undefined>
  giveCard(id: string, card: NewCard): Promise<Result<Card>>
  takeCard(id: string, uid: string): Promise<Result<null>>
  remove(id: string): Promise<Result<null>>
}

/** What the service works with. */
export interface DriverServiceDeps extends CardDeps, DeleteDeps {
  readonly drivers: DriverStore
  readonly objects: CardDeps['objects']
  readonly directory: Pick<Directory, 'hosted'>
}

const unknownDriver = (): Result<never> => problem(404, 'No such driver', 'The driver is not known here.')

/** Drivers over their store. */
export const createDriverService = (deps: DriverServiceDeps): DriverService => {
  const issuerOf = ({ party }: Driver): string =>
    deps.directory.hosted().find((hosted) => sameParty(hosted.party, party))?.businessDetails.name ??
    party.partyId
  const withDriver = async <T>(
    id: string,
    act: (driver: Driver) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const driver = await deps.drivers.get(id)
    return driver === undefined ? unknownDriver() : act(driver)
  }
  return {
    list: (query) => deps.drivers.list(query),
    async get(id) {
      const driver = await deps.drivers.get(id)
      if (driver === undefined) return undefined
      const [cards, vehicles] = await Promise.all([cardsOf(deps, driver), vehiclesOf(deps, driver)])
      return { driver, cards, vehicles }
    },
    giveCard: (id, card) =>
      withDriver(id, (driver) => giveCard(deps, driver, { issuer: issuerOf(driver), card })),
    takeCard: (id, uid) => withDriver(id, (driver) => takeCard(deps, driver, uid)),
    remove: (id) => withDriver(id, (driver) => deleteDriver(deps, driver)),
  }
}
