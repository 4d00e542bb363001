export * from './party.js'
export * from './refusal.js'
