import type { PartyId } from '@interwatt/protocol'
import type { Document, PartnerEndpoint } from '@interwatt/store'
import { expect, test } from 'vitest'
import { cdr, location, session, tariff, token } from '../testing/documents.js'
import { type Audience, modulesFor, type PushModule, reachOf } from './audience.rules.js'

const party = (partyId: string, countryCode = 'NL'): PartyId => ({ countryCode, partyId })
const cpo = party('IWC', 'DE')
const emsp = party('IWE', 'DE')

const endpoint = (module: string, side: 'SENDER' | 'RECEIVER' = 'RECEIVER'): PartnerEndpoint => ({
  module,
  side,
  url: `https://p.example/${module}`,
})
const all = ['locations', 'tariffs', 'tokens', 'sessions', 'cdrs'].map((module) => endpoint(module))
const books = [endpoint('bookings')]
const booked = (id: string): Document => ({
  id: 'B1',
  booking_requests: [{ booking_request: { country_code: 'nl', party_id: id } }],
})

const audience = (
  roles: Readonly<Record<string, string>>,
  fields: Partial<Audience['partner']> & { readonly routed?: boolean } = {},
): Audience => {
  const { routed = true, ...partner } = fields
  const named = Object.entries(roles).map(([id, role]) => ({ role, party: party(id), businessDetails: null }))
  return {
    partner: { roles: named, hubParty: null, endpoints: all, ...partner },
    hosted: [
      { party: cpo, roles: ['CPO'], businessDetails: { name: 'Ours' } },
      { party: emsp, roles: ['EMSP'], businessDetails: { name: 'Ours' } },
    ],
    routed,
  }
}

const hidden = location('L1', { publish: false })
const reserved = location('L1', { publish: false, publish_allowed_to: [{ uid: '04AA' }] })

interface Row {
  readonly what: string
  readonly to: Audience
  readonly module: PushModule
  readonly document: Document
  readonly owner?: PartyId
  readonly gets: readonly string[] | 'withdrawn' | 'none'
}

const rows: readonly Row[] = [
  {
    what: 'an eMSP gets locations',
    to: audience({ EXA: 'EMSP' }),
    module: 'locations',
    document: location('L1'),
    gets: ['EXA'],
  },
  {
    what: 'an NSP gets locations',
    to: audience({ EXA: 'NSP' }),
    module: 'locations',
    document: location('L1'),
    gets: ['EXA'],
  },
  {
    what: 'a NAP gets tariffs',
    to: audience({ EXA: 'NAP' }),
    module: 'tariffs',
    document: tariff('T1'),
    gets: ['EXA'],
  },
  {
    what: 'OTHER gets locations',
    to: audience({ EXA: 'OTHER' }),
    module: 'locations',
    document: location('L1'),
    gets: ['EXA'],
  },
  {
    what: 'a CPO gets no locations',
    to: audience({ EXA: 'CPO' }),
    module: 'locations',
    document: location('L1'),
    gets: 'none',
  },
  {
    what: 'an SCSP gets no locations',
    to: audience({ EXA: 'SCSP' }),
    module: 'locations',
    document: location('L1'),
    gets: 'none',
  },
  {
    what: 'a CPO gets tokens',
    to: audience({ EXA: 'CPO' }),
    module: 'tokens',
    document: token('A'),
    owner: emsp,
    gets: ['EXA'],
  },
  {
    what: 'an eMSP gets no tokens',
    to: audience({ EXA: 'EMSP' }),
    module: 'tokens',
    document: token('A'),
    owner: emsp,
    gets: 'none',
  },
  {
    what: 'a token of an app that is never whitelisted may be pushed (TOK-041)',
    to: audience({ EXA: 'CPO' }),
    module: 'tokens',
    document: token('A', { type: 'APP_USER', whitelist: 'NEVER' }),
    owner: emsp,
    gets: ['EXA'],
  },
  {
    what: 'an EMAID is not pushed (TOK-042)',
    to: audience({ EXA: 'CPO' }),
    module: 'tokens',
    document: token('A', { type: 'EMAID' }),
    owner: emsp,
    gets: 'none',
  },
  {
    what: 'two eMSPs of one platform get a push each (ROL-008)',
    to: audience({ EXA: 'EMSP', EXB: 'EMSP', EXC: 'CPO' }),
    module: 'tariffs',
    document: tariff('T1'),
    gets: ['EXA', 'EXB'],
  },
  {
    what: 'without routing headers there is one push',
    to: audience({ EXA: 'EMSP', EXB: 'EMSP' }, { routed: false }),
    module: 'tariffs',
    document: tariff('T1'),
    gets: ['EXA'],
  },
  {
    what: 'a session goes to the party of its token (ROL-009)',
    to: audience({ EXA: 'EMSP', EXB: 'EMSP' }),
    module: 'sessions',
    document: session('S1', 'EXB'),
    gets: ['EXB'],
  },
  {
    what: 'a session of another party stays here (ROL-009)',
    to: audience({ EXA: 'EMSP' }),
    module: 'sessions',
    document: session('S1', 'EXB'),
    gets: 'none',
  },
  {
    what: 'parties compare without regard to case',
    to: audience({ EXA: 'EMSP' }),
    module: 'cdrs',
    document: cdr('C1', 'exa'),
    gets: ['EXA'],
  },
  {
    what: 'an unpublished location is not sent (ROL-010)',
    to: audience({ EXA: 'EMSP' }),
    module: 'locations',
    document: hidden,
    gets: 'withdrawn',
  },
  {
    what: 'one that some tokens may see goes to eMSPs',
    to: audience({ EXA: 'EMSP', EXB: 'NSP' }),
    module: 'locations',
    document: reserved,
    gets: ['EXA'],
  },
  {
    what: 'one that some tokens may see goes to no NSP',
    to: audience({ EXB: 'NSP' }),
    module: 'locations',
    document: reserved,
    gets: 'withdrawn',
  },
  {
    what: 'a party that is not hosted here is not pushed',
    to: audience({ EXA: 'EMSP' }),
    module: 'tariffs',
    document: tariff('T1'),
    owner: party('ZZZ'),
    gets: 'none',
  },
  {
    what: 'an eMSP of ours owns no tariffs (ROL-007)',
    to: audience({ EXA: 'EMSP' }),
    module: 'tariffs',
    document: tariff('T1'),
    owner: emsp,
    gets: 'none',
  },
  {
    what: 'a module that is not advertised is not called (ROL-003)',
    to: audience({ EXA: 'EMSP' }, { endpoints: [endpoint('tariffs', 'SENDER'), endpoint('locations')] }),
    module: 'tariffs',
    document: tariff('T1'),
    gets: 'none',
  },
  {
    what: 'module names compare without regard to case (ROL-016)',
    to: audience({ EXA: 'EMSP' }, { endpoints: [endpoint('Tariffs')] }),
    module: 'tariffs',
    document: tariff('T1'),
    gets: ['EXA'],
  },
  {
    what: 'a hub is addressed once and passes on',
    to: audience({ EXA: 'EMSP', EXB: 'EMSP' }, { hubParty: party('HUB') }),
    module: 'tariffs',
    document: tariff('T1'),
    gets: ['HUB'],
  },
  {
    what: 'a CDR is never broadcast through a hub (CDR-019)',
    to: audience({ EXA: 'EMSP' }, { hubParty: party('HUB') }),
    module: 'cdrs',
    document: cdr('C1', 'EXB'),
    gets: 'none',
  },
  {
    what: 'a booking location goes to every eMSP that offers the module',
    to: audience({ EXA: 'EMSP', EXB: 'EMSP', EXC: 'NSP' }, { endpoints: books }),
    module: 'bookings',
    document: { id: 'BL1', location_id: 'L1' },
    gets: ['EXA', 'EXB'],
  },
  {
    what: 'a booking goes to the party that requested it and to nobody else (BKG-004)',
    to: audience({ EXA: 'EMSP', EXB: 'EMSP' }, { endpoints: books }),
    module: 'bookings',
    document: booked('exb'),
    gets: ['EXB'],
  },
  {
    what: 'a booking of another party stays here (BKG-004)',
    to: audience({ EXA: 'EMSP' }, { endpoints: books }),
    module: 'bookings',
    document: booked('EXB'),
    gets: 'none',
  },
  {
    what: 'a partner of a version without bookings gets none of it',
    to: audience({ EXA: 'EMSP' }),
    module: 'bookings',
    document: { id: 'BL1', location_id: 'L1' },
    gets: 'none',
  },
  {
    what: 'a place is not broadcast through a hub, but addressed to the parties it registered (BKG-065)',
    to: audience({ EXA: 'EMSP' }, { endpoints: books, hubParty: party('HUB') }),
    module: 'bookings',
    document: { id: 'BL1', location_id: 'L1' },
    gets: ['EXA'],
  },
  {
    what: 'a booking is not broadcast through a hub (BKG-065)',
    to: audience({ EXA: 'EMSP' }, { endpoints: books, hubParty: party('HUB') }),
    module: 'bookings',
    document: booked('EXB'),
    gets: 'none',
  },
]

test.each(rows)('$what', ({ to, module, document, owner = cpo, gets }) => {
  const reach = reachOf(to, module, owner, document)
  if (typeof gets === 'string') expect(reach.kind).toBe(gets)
  else expect(reach).toEqual({ kind: 'push', to: gets.map((id) => party(id)) })
})

test('only modules that can concern the partner are read for it', () => {
  expect(modulesFor(audience({ EXA: 'EMSP' }))).toEqual(['tariffs', 'locations', 'sessions', 'cdrs'])
  expect(modulesFor(audience({ EXA: 'CPO' }))).toEqual(['tokens'])
  expect(modulesFor(audience({ EXA: 'EMSP' }, { endpoints: [] }))).toEqual([])
})

test('a connection between one party each carries the objects of that party of ours (ROL-006)', () => {
  const own = (partyId: string, countryCode = 'DE') =>
    ({ role: 'CPO', party: { countryCode, partyId } }) as const
  const to = (ends: Audience['partner']['own']) =>
    reachOf(audience({ EXA: 'EMSP' }, { own: ends ?? null, routed: false }), 'locations', cpo, location('L1'))
  expect(to(own('iwc', 'de'))).toMatchObject({ kind: 'push' })
  expect(to(null)).toMatchObject({ kind: 'push' })
  expect(to(own('XYZ'))).toEqual({ kind: 'none', reason: 'ROL-006' })
})

const reachOfSession = (to: Audience, change: Document = {}) =>
  reachOf(to, 'sessions', cpo, session('S1', 'EXA', change))

test('an SCSP follows sessions by contract only, their provider does anyhow (ROL-009, ROL-012, CP-041)', () => {
  const contracted = audience({ SCS: 'SCSP' }, { profilesAllowed: true })
  expect(reachOfSession(audience({ SCS: 'SCSP' }))).toMatchObject({ kind: 'none' })
  expect(modulesFor(audience({ SCS: 'SCSP' }))).not.toContain('sessions')
  expect(reachOfSession(contracted)).toEqual({ kind: 'push', to: [party('SCS')] })
  expect(modulesFor(contracted)).toEqual(['sessions'])
  const both = audience({ EXA: 'EMSP', SCS: 'SCSP' }, { profilesAllowed: true })
  expect(reachOfSession(both)).toEqual({ kind: 'push', to: [party('EXA'), party('SCS')] })
  expect(reachOfSession(audience({ OTH: 'EMSP' }, { profilesAllowed: true }))).toMatchObject({ kind: 'none' })
})

test('of a session that is over an SCSP hears only if it followed it (CP-041)', () => {
  const contracted = audience({ SCS: 'SCSP' }, { profilesAllowed: true })
  for (const status of ['COMPLETED', 'INVALID'])
    expect(reachOfSession(contracted, { status })).toEqual({
      kind: 'push',
      to: [party('SCS')],
      ifKnown: true,
    })
})

test('nothing goes to a party that its hub says is away, and its modules go on for the others (HCI-010, HCI-011)', () => {
  const hub = {
    ...audience({ EXA: 'EMSP', EXB: 'EMSP' }, { hubParty: party('HUB') }),
    absent: [party('exa')],
  }
  const owned = (id: string) => cdr('C1', id)
  expect(reachOf(hub, 'cdrs', cpo, owned('EXA'))).toMatchObject({ kind: 'none' })
  expect(reachOf(hub, 'cdrs', cpo, owned('EXB'))).toMatchObject({ kind: 'push', to: [party('EXB')] })
  expect(reachOf(hub, 'locations', cpo, location('L1'))).toMatchObject({ kind: 'push', to: [party('HUB')] })
  const alone = { ...audience({ EXA: 'EMSP' }), absent: [party('EXA')] }
  expect(reachOf(alone, 'cdrs', cpo, owned('EXA'))).toMatchObject({ kind: 'none', reason: 'HCI-010' })
  expect(modulesFor(alone)).toContain('cdrs')
})

test('parties that a hub names connected are told what is theirs, but nothing that is between two goes through it (HCI-013, INV-006)', () => {
  const endpoints = [...all, endpoint('payments'), endpoint('invoicereconciliation')]
  const hub = {
    ...audience({}, { hubParty: party('HUB'), endpoints }),
    clients: [
      { role: 'EMSP', party: party('EXA') },
      { role: 'CPO', party: party('EXB') },
    ],
  }
  expect(reachOf(hub, 'cdrs', cpo, cdr('C1', 'EXA'))).toMatchObject({ kind: 'push', to: [party('EXA')] })
  expect(reachOf(hub, 'sessions', cpo, session('S1', 'EXB'))).toMatchObject({ kind: 'none' })
  expect(reachOf(hub, 'locations', cpo, location('L1'))).toMatchObject({ to: [party('HUB')] })
  expect(reachOf(hub, 'invoicereconciliation', cpo, { id: 'R1' }, party('EXA'))).toMatchObject({
    kind: 'none',
  })
})
