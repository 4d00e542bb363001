import { expect, it } from 'vitest'
import { parseDocument } from '../../validation/index.js'
import * as v221 from './v221.js'
import * as v230 from './v230.js'

const command = (changes: object) => ({
  response_url: 'https://emsp.example.com/commands/START_SESSION/1',
  token: {
    country_code: 'NL',
    party_id: 'EMS',
    uid: 'CARD-1',
    type: 'RFID',
    contract_id: 'NL-EMS-C00000001',
    issuer: 'Beispiel',
    valid: true,
    whitelist: 'NEVER',
    last_updated: '2026-01-31T12:00:00Z',
  },
  location_id: 'LOC-1',
  ...changes,
})

it.each([v221.StartSession, v230.StartSession])(
  'names a connector only with its EVSE (CMD-030)',
  (schema) => {
    const rules = (changes: object) =>
      parseDocument(schema, command(changes), 'whole').findings.map(({ rule }) => rule)
    expect(rules({ connector_id: '1' })).toEqual(['CMD-030'])
    expect(rules({ connector_id: '1', evse_uid: null })).toEqual(['CMD-030'])
    expect(rules({ connector_id: '1', evse_uid: 'E1' })).toEqual([])
    expect(rules({ evse_uid: 'E1' })).toEqual([])
    expect(rules({})).toEqual([])
  },
)

it('cuts the language of a token to two letters (TYP-053)', () => {
  const given = command({})
  const read = parseDocument(
    v230.StartSession,
    { ...given, token: { ...given.token, language: 'en-GB' } },
    'whole',
  )
  expect(read.ok && read.value.token.language).toBe('en')
  expect(read.findings.map(({ pointer }) => pointer)).toEqual(['/token/language'])
})

it.each([
  ['ACCEPTED', 'ACCEPTED'],
  ['rejected', 'REJECTED'],
  ['SUCCESSFUL', 'ACCEPTED'],
  ['WHO_KNOWS', 'FAILED'],
])('reads the result %s as %s (CMD-074)', (sent, read) => {
  const parsed = parseDocument(v221.CommandResult, { result: sent }, 'whole')
  expect(parsed.ok && parsed.value).toEqual({ result: read })
  expect(parsed.findings.length).toBe(sent === read ? 0 : 1)
})
