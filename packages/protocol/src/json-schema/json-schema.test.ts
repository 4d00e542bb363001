import { describe, expect, it } from 'vitest'
import * as v221 from '../modules/v221.js'
import * as v230 from '../modules/v230.js'
import { enumNames, jsonSchema, objectNames, schemaOf } from './index.js'

describe('schemaOf', () => {
  it('finds document names and specification names without regard to case', () => {
    for (const name of ['start_session', 'StartSession', 'STARTSESSION'])
      expect(schemaOf('2.2.1', name)).toBe(v221.StartSession)
    expect(schemaOf('2.3.0', 'evse')).toBe(v230.EVSE)
    expect(schemaOf('2.3.0', 'CdrToken')).toBe(v230.CdrToken)
    expect(schemaOf('2.3.0', 'charging_preferences_response')).toBe(v230.ChargingPreferencesResponse)
    expect(schemaOf('2.2.1', 'cdr')).toBe(v221.CDR)
  })

  it('answers undefined for what a version does not have', () => {
    for (const name of ['Parking', 'constructor', '__proto__', '', 'toString'])
      expect(schemaOf('2.2.1', name)).toBeUndefined()
    expect(schemaOf('2.3.0', 'Parking')).toBe(v230.Parking)
  })
})

it('objectNames and enumNames are sorted and find their schemas', () => {
  for (const version of ['2.2.1', '2.3.0'] as const) {
    const names = objectNames(version)
    expect(names).toEqual([...names].sort())
    expect(names).toContain('Location')
    expect(names.every((name) => schemaOf(version, name)?.kind === 'object')).toBe(true)
    expect(enumNames(version).every((name) => schemaOf(version, name)?.kind === 'enum')).toBe(true)
  }
})

describe('jsonSchema', () => {
  const schema = jsonSchema(v230.Location)
  const definitions = schema.$defs as Record<string, Record<string, unknown>>

  it('is of draft 2020-12 and refers to the object by name', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(schema.$ref).toBe('#/$defs/Location')
    expect(definitions.Location?.description).toBe('mod_locations_location_object')
    expect(definitions.Location?.required).toContain('coordinates')
    expect(definitions.Location?.required).not.toContain('evses')
  })

  it('gives lengths, digits, patterns and least items', () => {
    expect(definitions.Location?.properties).toMatchObject({
      name: { type: 'string', maxLength: 255 },
      country_code: { maxLength: 2, pattern: '^[A-Za-z]{2}$' },
      evses: { type: 'array', items: { $ref: '#/$defs/EVSE' } },
      publish: { type: 'boolean' },
    })
    expect(definitions.EVSE?.properties).toMatchObject({ connectors: { minItems: 1 } })
    expect(definitions.Image?.properties).toMatchObject({
      width: { type: 'integer', maximum: 99_999 },
      url: { format: 'uri' },
    })
  })

  it('closes closed enumerations and gives examples of open ones', () => {
    expect(definitions.Status?.enum).toContain('AVAILABLE')
    expect(definitions.Capability?.enum).toBeUndefined()
    expect(definitions.Capability?.examples).toContain('RFID_READER')
  })

  it('defines everything it refers to, for every object', () => {
    for (const version of ['2.2.1', '2.3.0'] as const)
      for (const name of objectNames(version)) {
        const found = schemaOf(version, name)
        if (found === undefined) throw new Error(name)
        const whole = jsonSchema(found)
        const defined = Object.keys(Object(whole.$defs))
        const referred = [...JSON.stringify(whole).matchAll(/#\/\$defs\/(\w+)/g)].map(([, target]) => target)
        expect(new Set(referred)).toEqual(new Set(defined))
      }
  })
})
