/** Every schema and type of OCPI 2.2.1. */

export * from './cdrs/v221.js'
export * from './chargingprofiles/v221.js'
export * from './commands/v221.js'
export * from './credentials/v221.js'
export * from './hubclientinfo/v221.js'
export * from './locations/v221.js'
export * from './sessions/v221.js'
export * from './tariffs/v221.js'
export * from './tokens/v221.js'
export * from './types/v221.js'
export * from './versions/v221.js'
