import { expect, test } from 'vitest'
import { mayDo, operatorRoles, requiredRole } from './roles.rules.js'

test('each role may do what the roles below it may, and nothing of those above', () => {
  expect(operatorRoles).toEqual(['admin', 'operator', 'support', 'read-only'])
  for (const [index, role] of operatorRoles.entries()) {
    expect(operatorRoles.filter((needed) => mayDo(role, needed))).toEqual(operatorRoles.slice(index))
  }
})

test.each([
  ['GET', '/keys', 'read-only'],
  ['HEAD', '/partners/:id', 'read-only'],
  ['DELETE', '/session', 'read-only'],
  ['GET', '/drivers', 'support'],
  ['GET', '/drivers/:id', 'support'],
  ['GET', '/problem-reports', 'support'],
  ['PATCH', '/problem-reports/:id', 'support'],
  ['PUT', '/drivers/:id/cards/:uid', 'operator'],
  ['DELETE', '/drivers/:id', 'operator'],
  ['POST', '/commands/:type', 'support'],
  ['POST', '/authorizations', 'support'],
  ['PUT', '/sessions/:country_code/:party_id/:id/charging-profile', 'support'],
  ['POST', '/cdrs/:country_code/:party_id/:id/check', 'support'],
  ['PUT', '/cdrs/:country_code/:party_id/:id/review', 'operator'],
  ['POST', '/messages/:id/replay', 'operator'],
  ['POST', '/commands/:id/result', 'operator'],
  ['PUT', '/sessions/:country_code/:party_id/:id', 'operator'],
  ['POST', '/partners', 'operator'],
  ['DELETE', '/partners/:id', 'operator'],
  ['PUT', '/parties/:country_code/:party_id', 'admin'],
  ['POST', '/keys', 'admin'],
  ['DELETE', '/keys/:id', 'admin'],
  ['POST', '/webhooks/:id/enable', 'admin'],
] as const)('%s %s needs %s', (method, pattern, role) => {
  expect(requiredRole(method, pattern)).toBe(role)
})
