/** Every schema and type of OCPI 2.1.1. */

export * from './cdrs/v211.js'
export * from './commands/v211.js'
export * from './credentials/v211.js'
export * from './locations/v211.js'
export * from './sessions/v211.js'
export * from './tariffs/v211.js'
export * from './tokens/v211.js'
export * from './types/v211.js'
export * from './versions/v211.js'
