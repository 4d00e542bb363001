import type { Driver, Passkey } from '@interwatt/store'
import { object } from '../operator/wire-schemas.js'

const text = { type: 'string' } as const
const textOrNull = { type: ['string', 'null'] } as const

/** Languages the app speaks. */
export const driverLanguages = ['en', 'de', 'fr', 'nl'] as const

/** Schema of an account. */
export const accountSchema = object({
  id: text,
  name: text,
  email: textOrNull,
  language: { type: 'string', enum: driverLanguages },
  contract_id: text,
  default_vehicle_id: textOrNull,
  is_demo: { type: 'boolean' },
  created_at: text,
})

/** An account as its driver sees it. */
export const viewAccount = (driver: Driver) => ({
  id: driver.id,
  name: driver.name,
  email: driver.email,
  language: driver.language,
  contract_id: driver.contractId,
  default_vehicle_id: driver.defaultVehicleId,
  is_demo: driver.isDemo,
  created_at: driver.createdAt,
})

/** Schema of a passkey. */
export const passkeySchema = object({
  id: text,
  name: text,
  backed_up: { type: 'boolean', description: 'Whether it outlives the device it was made on' },
  created_at: text,
  last_used_at: textOrNull,
})

/** A passkey as its driver sees it. */
export const viewPasskey = ({ id, name, backedUp, createdAt, lastUsedAt }: Passkey) => ({
  id,
  name,
  backed_up: backedUp,
  created_at: createdAt,
  last_used_at: lastUsedAt,
})
