import { createReadStream } from 'node:fs'
import { berlinExtract, importBnetza } from '@interwatt/platform'
import { type Connected, connect } from './connect.js'
import { connector, evse, location, tariff } from './documents.js'
import { startTestNode, type TestNode, type TestNodeOptions } from './node.js'

/** The CPO of the register, hosted by the node itself. */
export const BERLIN = { country_code: 'DE', party_id: 'BLN' } as const
const MSP = { country_code: 'DE', party_id: 'MSP' } as const
const FOREIGN = { country_code: 'DE', party_id: 'CPO' } as const

/** An eMSP whose drivers see stations of Berlin and those of a foreign CPO that pushes. */
export interface StationWorld extends AsyncDisposable {
  readonly node: TestNode
  readonly cpo: Connected
  /** Has the foreign CPO send an object. */
  push(module: 'locations' | 'tariffs', path: string, body: object): Promise<void>
}

/** Locations of the register, at most so many. */
export const berlinLocations = async (most: number) => {
  const { locations } = await importBnetza(createReadStream(berlinExtract()), {
    party: { countryCode: BERLIN.country_code, partyId: BERLIN.party_id },
    now: new Date().toISOString(),
    assumeStatus: 'AVAILABLE',
    assumeCapabilities: ['REMOTE_START_STOP_CAPABLE'],
    tariffIds: () => ['BERLIN-AC'],
  })
  return locations.slice(0, most)
}

const now = (): string => new Date().toISOString()

/** A tariff of a start fee and a price per kWh, both before 19 % VAT. */
export const feeTariff = (id: string, kwh: number, fee: number) =>
  tariff(id, {
    elements: [
      {
        price_components: [
          { type: 'ENERGY', price: kwh, vat: 19, step_size: 1 },
          ...(fee === 0 ? [] : [{ type: 'FLAT', price: fee, vat: 19, step_size: 1 }]),
        ],
      },
    ],
    last_updated: '2026-03-01T10:00:00.000Z',
  })

/** Starts the world: the foreign CPO has the station LOC1 with four EVSEs in different states. */
export const startStationWorld = async (
  most: number,
  options: TestNodeOptions = {},
): Promise<StationWorld> => {
  const { env, ...rest } = options
  const node = await startTestNode({ env: { DRIVER_APP: 'true', DRIVER_DEMO: 'true', ...env }, ...rest })
  const host = (party: { country_code: string; party_id: string }, role: string, name: string) =>
    node.api('PUT', `/parties/${party.country_code}/${party.party_id}`, {
      roles: [role],
      business_details: { name },
    })
  await host(MSP, 'EMSP', 'Drive Away')
  await host(BERLIN, 'CPO', 'Berlin Register')
  await node.api('PUT', '/tariffs/DE/BLN/BERLIN-AC', { ...feeTariff('BERLIN-AC', 0.4, 0.5), party_id: 'BLN' })
  const locations = await berlinLocations(most)
  const { status, body } = await node.api('POST', '/locations/bulk', locations)
  if (status >= 300) throw new Error(`no stations: ${status} ${JSON.stringify(body).slice(0, 500)}`)
  const cpo = await connect(node, {
    version: '2.3.0',
    role: 'CPO',
    party: FOREIGN,
    // It only pushes: a list that does not hold what it pushed would retire it.
    endpoints: [
      { identifier: 'tokens', role: 'RECEIVER' },
      { identifier: 'commands', role: 'RECEIVER' },
    ],
  })
  const push: StationWorld['push'] = async (module, path, sent) => {
    const answer = await cpo.party.send('PUT', cpo.party.at(module, 'RECEIVER', `/DE/CPO${path}`), {
      body: sent,
    })
    if (answer.envelope?.status_code !== 1000)
      throw new Error(`not taken: ${JSON.stringify(answer.envelope)}`)
  }
  await push('tariffs', '/AC-DAY', feeTariff('AC-DAY', 0.45, 0))
  await push('tariffs', '/DC', feeTariff('DC', 0.59, 0.35))
  await push('locations', '/LOC1', foreignStation())
  return {
    node,
    cpo,
    push,
    async [Symbol.asyncDispose]() {
      await cpo.party[Symbol.asyncDispose]()
      await node[Symbol.asyncDispose]()
    },
  }
}

const CCS = connector('2', {
  standard: 'IEC_62196_T2_COMBO',
  format: 'CABLE',
  power_type: 'DC',
  max_voltage: 500,
  max_amperage: 300,
  max_electric_power: 150_000,
  tariff_ids: ['DC'],
})

/** The station of the foreign CPO. */
export const foreignStation = (change: object = {}) =>
  location('LOC1', {
    operator: { name: 'Foreign Charging', website: 'https://foreign.example' },
    help_phone: '+49 30 123456',
    facilities: ['CAFE', 'WIFI'],
    directions: [
      { language: 'en', text: 'Behind the station' },
      { language: 'de', text: 'Hinter dem Bahnhof' },
    ],
    opening_times: {
      twentyfourseven: false,
      regular_hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
        weekday,
        period_begin: '00:00',
        period_end: '23:59',
      })),
    },
    energy_mix: { is_green_energy: true, energy_sources: [{ source: 'WIND', percentage: 100 }] },
    parking_places: [
      {
        id: 'P1',
        vehicle_types: ['PERSONAL_VEHICLE', 'DISABLED'],
        restricted_to_type: true,
        reservation_required: false,
      },
    ],
    evses: [
      evse('E1', {
        last_updated: now(),
        physical_reference: 'A 7',
        connectors: [connector('1'), CCS],
        parking: [{ parking_id: 'P1' }],
      }),
      evse('E2', { last_updated: now(), status: 'CHARGING', physical_reference: 'B' }),
      evse('E3', { status: 'AVAILABLE', physical_reference: 'B', capabilities: ['RFID_READER'] }),
      evse('E4', {
        last_updated: now(),
        evse_id: 'DE*TST*E4*9',
        connectors: [connector('1', { tariff_ids: [] })],
      }),
    ],
    last_updated: now(),
    ...change,
  })
