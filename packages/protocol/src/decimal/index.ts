export * from './decimal.js'
