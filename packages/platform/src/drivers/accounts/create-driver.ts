import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { PartyId } from '@interwatt/protocol'
import { type Driver, type DriverLanguage, type DriverStore, tokenKey } from '@interwatt/store'
import { problem, type Result } from '../../result.js'
import type { ObjectService } from '../../services.js'
import { type CardDeps, giveCard } from '../cards/cards.js'
import { describeVehicle, type WantedVehicle } from '../vehicles/vehicle.rules.js'

/** What accounts are made with. */
export interface AccountDeps {
  readonly drivers: DriverStore
  readonly objects: Pick<ObjectService, 'put'>
  now(): number
}

/** Who gets an account. */
export interface NewDriver {
  readonly party: PartyId
  /** Name of the eMSP as tokens carry it. */
  readonly issuer: string
  readonly email: string | null
  readonly name: string
  readonly language: DriverLanguage
  readonly isDemo: boolean
}

const LETTERS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'

const randomText = (length: number): string =>
  Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/** A contract id of the form of eMA ids: country, provider, C, eight signs; nobody can guess the next one. */
const newContractId = ({ countryCode, partyId }: PartyId): string =>
  `${countryCode}-${partyId}-C${randomText(8)}`

/** What the app starts sessions with; partners see it, so it says nothing about the driver. */
const newAppUid = ({ partyId }: PartyId): string => `APP-${partyId}-${randomText(12)}`

/** Gives a driver the token of the app; the object first, so that a token that is known to be theirs is always there. */
const giveAppToken = async (
  { drivers, objects, now }: AccountDeps,
  { id, party, contractId, language }: Driver,
  issuer: string,
): Promise<Result<null>> => {
  const [uid, type] = [newAppUid(party), 'APP_USER']
  const token = { uid, type, contract_id: contractId, issuer, valid: true, whitelist: 'NEVER', language }
  const written = await objects.put(tokenKey(party, uid, type), token, '2.3.0')
  if (written.kind === 'problem') return written
  const addedAt = new Date(now()).toISOString()
  await drivers.addToken(id, { party, uid, type, label: null, addedAt, blockedAt: null })
  return { kind: 'done', value: null }
}

/** A driver whose account was cut short while it was made gets the token that is missing; others are left as they are. */
export const completeDriver = async (
  deps: AccountDeps,
  driver: Driver,
  issuer: string,
): Promise<Result<Driver>> => {
  const tokens = await deps.drivers.tokens(driver.id)
  if (tokens.some(({ type }) => type === 'APP_USER')) return { kind: 'done', value: driver }
  const given = await giveAppToken(deps, driver, issuer)
  return given.kind === 'problem' ? given : { kind: 'done', value: driver }
}

/**
 * Opens an account with an app token, which partners learn of like any other token. A problem when the e-mail address is taken, or the
 * token cannot be stored.
 */
export const createDriver = async (deps: AccountDeps, wanted: NewDriver): Promise<Result<Driver>> => {
  const { party, issuer, name, language, isDemo } = wanted
  const at = new Date(deps.now()).toISOString()
  const driver: Driver = {
    ...{ id: randomUUID(), party, contractId: newContractId(party), name, language, isDemo },
    email: wanted.email === null ? null : wanted.email.toLowerCase(),
    defaultVehicleId: null,
    createdAt: at,
  }
  if (!(await deps.drivers.add(driver)))
    return problem(409, 'Account exists', 'There is an account with this e-mail address.')
  const given = await giveAppToken(deps, driver, issuer)
  if (given.kind === 'done') return { kind: 'done', value: driver }
  await deps.drivers.remove(driver.id)
  return given
}

/** Cars of the driver of a demonstration; the first is what the simulated chargers expect of a visitor. */
const DEMO_CARS: readonly WantedVehicle[] = [
  { model: 'mid-size', name: 'Hatchback' },
  { model: 'city-car', name: 'City car' },
]

const addCars = async (deps: AccountDeps, driver: Driver): Promise<Driver> => {
  const ids: string[] = []
  for (const [index, wanted] of DEMO_CARS.entries()) {
    const described = describeVehicle(wanted)
    if (described.kind === 'problem') throw new Error(described.detail)
    const id = randomUUID()
    const at = new Date(deps.now() + index).toISOString()
    await deps.drivers.putVehicle(driver.id, { id, vehicle: described.value }, at)
    ids.push(id)
  }
  return (await deps.drivers.update(driver.id, { defaultVehicleId: ids[0] ?? null })) ?? driver
}

const newCardUid = (): string => `04${randomBytes(6).toString('hex').toUpperCase()}`

/** The driver that everybody is in a demonstration, with two cars and a card; made at first use. */
export const demoDriver = async (
  deps: AccountDeps & CardDeps,
  { party, issuer, language }: Pick<NewDriver, 'party' | 'issuer' | 'language'>,
): Promise<Result<Driver>> => {
  const known = await deps.drivers.demo(party)
  if (known !== undefined) return { kind: 'done', value: known }
  const made = await createDriver(deps, {
    ...{ party, issuer, language, email: null, name: 'Robin Test', isDemo: true },
  })
  if (made.kind === 'done') {
    const card = { uid: newCardUid(), label: null, visualNumber: made.value.contractId }
    const given = await giveCard(deps, made.value, { issuer, card })
    return given.kind === 'problem' ? given : { kind: 'done', value: await addCars(deps, made.value) }
  }
  const other = await deps.drivers.demo(party)
  return other === undefined ? made : { kind: 'done', value: other }
}
