export { EmbeddedPostgresError } from './embedded-error.js'
export { type EmbeddedOptions, EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js'
