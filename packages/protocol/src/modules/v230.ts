/** Every schema and type of OCPI 2.3.0. */

export * from './bookings/v230.js'
export * from './cdrs/v230.js'
export * from './commands/v230.js'
export * from './credentials/v230.js'
export * from './locations/v230.js'
export * from './sessions/v230.js'
export * from './tariffs/v230.js'
export * from './tokens/v230.js'
export * from './types/v230.js'
export * from './versions/v230.js'
