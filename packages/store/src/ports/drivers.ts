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
  /** When the driver blocked it; null while they did not. */
  readonly blockedAt: string | null
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

/** Plugs of cars and stations, as drivers know them. */
export type Plug = 'type1' | 'type2' | 'type3' | 'ccs' | 'ccs1' | 'chademo' | 'schuko' | 'cee' | 'tesla'

/** What a battery takes at a state of charge. */
export interface PowerAtCharge {
  /** State of charge, whole, 0 to 100. */
  readonly percent: number
  /** Decimal text. */
  readonly kw: string
}

/** What a car can do. Energy and power are decimal texts. */
export interface VehicleFigures {
  /** Usable capacity. */
  readonly batteryKwh: string
  /** Null when it does not charge with AC. */
  readonly maxAcKw: string | null
  readonly acPhases: 1 | 2 | 3
  /** Null when it does not charge with DC. */
  readonly maxDcKw: string | null
  readonly plugs: readonly Plug[]
  /** Rises in percent; power between two points is interpolated, beyond them that of the nearest. Empty when not known. */
  readonly curve: readonly PowerAtCharge[]
}

/** A car as its driver describes it. */
export interface VehicleDescription extends VehicleFigures {
  readonly name: string
  /** Id of the catalogue; null when the driver gave all figures. */
  readonly model: string | null
}

/** A car of a driver. */
export interface StoredVehicle {
  readonly id: string
  readonly vehicle: VehicleDescription
}

/** Which drivers a list shows. */
export interface DriverQuery {
  readonly search?: string
  readonly after?: string
  readonly limit: number
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
  /** Changes what is kept about a token of a driver; false when it is not theirs. */
  updateToken(
    driverId: string,
    token: Pick<DriverToken, 'uid' | 'type'>,
    change: Partial<Pick<DriverToken, 'label' | 'blockedAt'>>,
  ): Promise<boolean>
  /** Takes a token from a driver; the OCPI object stays. */
  removeToken(driverId: string, token: Pick<DriverToken, 'uid' | 'type'>): Promise<boolean>
  /** Drivers of all parties, the newest first; `search` is a part of name, e-mail address or contract in any case, `after` the id of the last one seen. */
  list(query: DriverQuery): Promise<readonly Driver[]>
  addSession(session: DriverSession): Promise<void>
  /** The driver of a sign-in that counts at an ISO time. */
  bySession(hash: string, now: string): Promise<Driver | undefined>
  removeSession(hash: string): Promise<boolean>
  /** Sign-ins of a driver, the newest first. */
  sessions(driverId: string): Promise<readonly Omit<DriverSession, 'hash' | 'driverId'>[]>
  /** Drops sign-ins that expired before an ISO time; how many. */
  pruneSessions(before: string): Promise<number>
  vehicles(driverId: string): Promise<readonly StoredVehicle[]>
  putVehicle(driverId: string, vehicle: StoredVehicle, createdAt: string): Promise<boolean>
  removeVehicle(driverId: string, id: string): Promise<boolean>
}
