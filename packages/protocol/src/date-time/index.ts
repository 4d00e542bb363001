export * from './date-time.js'
