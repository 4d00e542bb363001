export { type AddressGuard, createAddressGuard, type GuardOptions, isPublicAddress } from './address-guard.js'
export { createOcpiClient } from './create-client.js'
export type { ClientMessage } from './message.js'
export {
  type Attempt,
  type ClientTimeouts,
  DEFAULT_MAX_RESPONSE_BYTES,
  defaultTimeouts,
  type OcpiClientOptions,
} from './options.js'
export { retryAfter } from './outcome.js'
export * from './ports.js'
