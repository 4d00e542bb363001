export { DatabaseTooNew, migrate } from './migrate.js'
