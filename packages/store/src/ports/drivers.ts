import type { PartyId } from '@interwatt/protocol'

/** Languages that drivers are spoken to in. */
export type DriverLanguage = 'en' | 'de' | 'fr' | 'nl'

/** Someone with an account at an eMSP that this node hosts. */
export interface Driver {
  /** UUID. */
  readonly id: string
  /** The eMSP that has the contract. */
  readonly party: PartyId
  /** Contract id of all their tokens (eMA id). */
  readonly contractId: string
  /** In lower case; null for the driver of a demonstration. */
  readonly email: string | null
  readonly name: string
  readonly language: DriverLanguage
  readonly defaultVehicleId: string | null
  readonly isDemo: boolean
  readonly createdAt: string
}

/** A token of a driver's contract; the OCPI object is stored like all others. */
export interface DriverToken {
  readonly party: PartyId
  /** As issued. */
  readonly uid: string
  /** TokenType: APP_USER for what the app starts, RFID for cards. */
  readonly type: string
  /** What the driver calls it. */
  readonly label: string | null
  readonly addedAt: string
}

/** A sign-in of the driver app. */
export interface DriverSession {
  /** Hash of the text in the cookie. */
  readonly hash: string
  readonly driverId: string
  readonly createdAt: string
  /** ISO time after which it counts no more. */
  readonly expiresAt: string
}

/** A car of a driver, as the platform describes it. */
export interface StoredVehicle {
  readonly id: string
  readonly vehicle: Readonly<Record<string, unknown>>
}

/** Storage of drivers, their tokens, sign-ins and cars. */
export interface DriverStore {
  /** Adds a driver; false when the e-mail address, the contract or the place of the demonstration's driver is taken. */
  add(driver: Driver): Promise<boolean>
  get(id: string): Promise<Driver | undefined>
  byEmail(party: PartyId, email: string): Promise<Driver | undefined>
  demo(party: PartyId): Promise<Driver | undefined>
  update(
    id: string,
    change: Partial<Pick<Driver, 'email' | 'name' | 'language' | 'defaultVehicleId'>>,
  ): Promise<Driver | undefined>
  /** Deletes the driver with tokens, sign-ins and cars of this store; the OCPI objects stay. */
  remove(id: string): Promise<boolean>
  addToken(driverId: string, token: DriverToken): Promise<void>
  tokens(driverId: string): Promise<readonly DriverToken[]>
  /** The driver who has a token; undefined when none has. */
  byToken(party: PartyId, uid: string, type: string): Promise<Driver | undefined>
  addSession(session: DriverSession): Promise<void>
  /** The driver of a sign-in that counts at an ISO time. */
  bySession(hash: string, now: string): Promise<Driver | undefined>
  removeSession(hash: string): Promise<boolean>
  /** Drops sign-ins that expired before an ISO time; how many. */
  pruneSessions(before: string): Promise<number>
  vehicles(driverId: string): Promise<readonly StoredVehicle[]>
  putVehicle(driverId: string, vehicle: StoredVehicle, createdAt: string): Promise<boolean>
  removeVehicle(driverId: string, id: string): Promise<boolean>
}
