import { describe, expect, it } from 'vitest'
import {
  chooseVersion,
  credentialsUrl,
  hubParty,
  missingEndpoints,
  moduleCaseFindings,
  readEndpoints,
  readRoles,
  readVersions,
} from './handshake.rules.js'

const entry = (version: string) => ({ version, url: `https://peer.example/${version}` })

describe('versions', () => {
  it('chooses the highest common one, whatever the order of the list (VER-011)', () => {
    expect(chooseVersion([entry('2.3.0'), entry('2.2.1')])?.id).toBe('2.3.0')
    expect(chooseVersion([entry('2.2.1'), entry('2.3.0'), entry('2.10.0')])?.id).toBe('2.3.0')
    expect(chooseVersion([entry('2.2.1')])?.id).toBe('2.2.1')
  })

  it('never takes 2.0, 2.1 or 2.2 (VER-010)', () => {
    expect(chooseVersion([entry('2.0'), entry('2.1'), entry('2.2')])).toBeUndefined()
  })

  it('takes the version asked for or none', () => {
    expect(chooseVersion([entry('2.2.1'), entry('2.3.0')], '2.2.1')?.id).toBe('2.2.1')
    expect(chooseVersion([entry('2.3.0')], '2.2.1')).toBeUndefined()
  })

  it('reads a list with unknown entries and refuses what is no list (VER-009)', () => {
    expect(readVersions([entry('3.0'), { version: 7 }, entry('2.2.1'), null])).toHaveLength(2)
    expect(readVersions({ version: '2.2.1' })).toBeUndefined()
  })
})

describe('endpoints', () => {
  const details = (...endpoints: object[]) => ({ version: '2.2.1', endpoints })
  const credentials = { identifier: 'credentials', role: 'RECEIVER', url: 'https://peer.example/credentials' }

  it('finds credentials under any role or none (VER-006)', () => {
    for (const role of ['SENDER', 'RECEIVER', undefined]) {
      const endpoints = readEndpoints(details({ ...credentials, role })) ?? []
      expect(credentialsUrl(endpoints)).toBe('https://peer.example/credentials')
    }
  })

  it('reads module ids without regard to case and keeps unknown ones (ROL-016)', () => {
    expect(
      readEndpoints(
        details(
          { identifier: 'Locations', role: 'SENDER', url: 'https://p.example/l' },
          { identifier: 'foo', url: 'https://p.example/f' },
        ),
      ),
    ).toMatchObject([{ module: 'locations', side: 'SENDER' }, { module: 'foo' }])
  })

  it('notes module ids that differ in case only; names of its own and both of bookings are fine (ROL-016)', () => {
    const named = (...identifiers: string[]) =>
      moduleCaseFindings(
        details(
          ...identifiers.map((identifier) => ({ identifier, role: 'SENDER', url: 'https://p.example/x' })),
        ),
      )
    expect(named('locations', 'Booking', 'bookings', 'foo', 'DECPO-Extras')).toEqual([])
    expect(named('cdrs', 'CDRs', 'ChargingProfiles')).toMatchObject([
      { pointer: '/endpoints/1/identifier', code: 'wrong_case', rule: 'ROL-016', example: '"CDRs"' },
      { pointer: '/endpoints/2/identifier', message: 'the module is written chargingprofiles' },
    ])
    expect(moduleCaseFindings({ endpoints: [null, { identifier: 7 }] })).toEqual([])
    expect(moduleCaseFindings('nothing')).toEqual([])
  })

  it('knows bookings by the identifier of their chapter and by that of its paths (ROL-016)', () => {
    const named = (identifier: string) =>
      readEndpoints(details({ identifier, role: 'SENDER', url: 'https://p.example/b' }))?.[0]?.module
    expect(['Booking', 'booking', 'bookings', 'Bookings'].map(named)).toEqual(Array(4).fill('bookings'))
  })

  it('misses credentials, or every module; one module is enough (CRD-030, ROL-002)', () => {
    expect(missingEndpoints([])).toContain('credentials')
    expect(missingEndpoints(readEndpoints(details(credentials)) ?? [])).toContain('none of')
    const one = details(credentials, { identifier: 'locations', role: 'SENDER', url: 'https://p.example/l' })
    expect(missingEndpoints(readEndpoints(one) ?? [])).toBeUndefined()
  })
})

it('splits hub_party_id as two and three characters (CRD-010)', () => {
  expect(hubParty('nlHUB')).toEqual({ countryCode: 'NL', partyId: 'HUB' })
  expect(hubParty('NLHU')).toBeUndefined()
  expect(hubParty(undefined)).toBeNull()
})

it('folds the parties of roles for comparison', () => {
  expect(
    readRoles([{ role: 'CPO', country_code: 'de', party_id: 'abc', business_details: { name: 'A' } }])[0]
      ?.party,
  ).toEqual({ countryCode: 'DE', partyId: 'ABC' })
})
