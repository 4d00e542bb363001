import { expect, it } from 'vitest'
import { parseDocument } from '../../validation/index.js'
import { ChargingPreferences } from './v230.js'

const rules = (value: object) =>
  parseDocument(ChargingPreferences, value, 'whole').findings.map(({ rule }) => rule)

it('needs no negative energy (SES-087)', () => {
  expect(rules({ profile_type: 'CHEAP', energy_need: -0.1 })).toEqual(['SES-087'])
  expect(rules({ profile_type: 'CHEAP', energy_need: 0 })).toEqual([])
  expect(rules({ profile_type: 'CHEAP' })).toEqual([])
})
