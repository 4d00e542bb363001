import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../json/json-object.js'
import { lift, lower } from '../../lens/crossing.js'

const connector = (id: string, standard: string, more: JsonObject = {}): JsonObject => ({
  id,
  standard,
  format: 'CABLE',
  power_type: 'DC',
  max_voltage: 800,
  max_amperage: 500,
  last_updated: '2026-01-01T00:00:00Z',
  ...more,
})

const evse = (uid: string, ...connectors: readonly JsonObject[]): JsonObject => ({
  uid,
  status: 'AVAILABLE',
  connectors,
  last_updated: '2026-01-01T00:00:00Z',
})

describe('Location from 2.3.0 to 2.2.1', () => {
  it('leaves out connectors of a standard 2.2.1 does not list, and EVSEs left without one', () => {
    const location = {
      id: 'L1',
      evses: [
        evse('E1', connector('1', 'MCS'), connector('2', 'IEC_62196_T2_COMBO')),
        evse('E2', connector('1', 'SAE_J3400'), connector('2', 'BRAND_NEW')),
      ],
    }
    const result = lower('location', '2.2.1', location, 'whole')
    expect(result).toMatchObject({
      kind: 'document',
      document: { evses: [{ uid: 'E1', connectors: [{ id: '2' }] }] },
    })
    expect(result.losses.map(({ pointer }) => pointer)).toEqual(['/evses/0/connectors/0', '/evses/1'])
    expect(result.losses[0]?.reason).toContain('MCS')
  })

  it('withholds an EVSE or a connector that stands alone', () => {
    expect(lower('connector', '2.2.1', connector('1', 'MCS'), 'whole').kind).toBe('withheld')
    expect(lower('evse', '2.2.1', evse('E1', connector('1', 'MCS')), 'whole')).toMatchObject({
      kind: 'withheld',
      reason: expect.stringContaining('MCS'),
      losses: [{ pointer: '/connectors/0' }, { pointer: '/connectors' }],
    })
  })

  it('does not send in a PATCH what only a PUT can say: an item or a value that has to go', () => {
    const patch = { evses: [evse('E1', connector('1', 'MCS'))], last_updated: '2026-01-01T00:00:00Z' }
    expect(lower('location', '2.2.1', patch, 'patch').kind).toBe('withheld')
    expect(lower('location', '2.2.1', { parking_type: 'ON_ROOF' }, 'patch').kind).toBe('withheld')
    expect(lower('location', '2.2.1', { parking_type: 'ON_ROOF' }, 'whole')).toMatchObject({ document: {} })
  })

  it('loses what 2.2.1 has no field for, and says so', () => {
    const location = { help_phone: '+49 30 1', parking_places: [{ id: 'P1' }], evses: [] }
    const result = lower('location', '2.2.1', location, 'whole')
    expect(result).toMatchObject({ document: { evses: [] } })
    expect(result.losses.map(({ pointer }) => pointer).sort()).toEqual(['/help_phone', '/parking_places'])
    const parts = evse('E1', connector('1', 'CHADEMO', { capabilities: ['ISO_15118_2_PLUG_AND_CHARGE'] }))
    const lowered = lower('evse', '2.2.1', { ...parts, parking: [{ parking_id: 'P1' }] }, 'whole')
    expect(lowered).toMatchObject({ document: evse('E1', connector('1', 'CHADEMO')) })
  })

  it('drops unknown values from lists, and calls unknown image categories and token types OTHER', () => {
    const result = lower(
      'location',
      '2.2.1',
      {
        facilities: ['CAFE', 'SAUNA'],
        images: [{ url: 'https://example.com/a.png', category: 'DRONE_VIEW', type: 'png' }],
        publish_allowed_to: [{ uid: '1', type: 'EMAID' }],
        energy_mix: { is_green_energy: true, environ_impact: [{ category: 'NOISE', amount: 1 }] },
      },
      'whole',
    )
    expect(result).toMatchObject({
      document: {
        facilities: ['CAFE'],
        images: [{ category: 'OTHER' }],
        publish_allowed_to: [{ type: 'OTHER' }],
        energy_mix: { environ_impact: [] },
      },
    })
    expect(result.losses.map(({ pointer }) => pointer).sort()).toEqual([
      '/energy_mix/environ_impact/0',
      '/facilities/1',
      '/images/0/category',
      '/publish_allowed_to/0/type',
    ])
  })

  it('drops parking restrictions that are new', () => {
    const restricted = {
      ...evse('E1', connector('1', 'CHADEMO')),
      parking_restrictions: ['EV_ONLY', 'TAXIS'],
    }
    expect(lower('evse', '2.2.1', restricted, 'whole')).toMatchObject({
      document: { parking_restrictions: ['EV_ONLY'] },
    })
  })

  it('keeps a value that 2.2.1 does not list for the 2.2.1 partner who sent it', () => {
    const sent = { ...evse('E1', connector('1', 'MCS')), capabilities: ['TELEPATHY'] }
    const { document, unmapped } = lift('evse', '2.2.1', sent, 'whole')
    expect(lower('evse', '2.2.1', document, 'whole', unmapped)).toMatchObject({ document: sent, losses: [] })
  })

  it('restores nothing that has changed since', () => {
    const sent = { ...evse('E1', connector('1', 'CHADEMO')), capabilities: ['RESERVABLE', 'TELEPATHY'] }
    const { document, unmapped } = lift('evse', '2.2.1', sent, 'whole')
    const changed = { ...document, capabilities: ['RFID_READER'] }
    expect(lower('evse', '2.2.1', changed, 'whole', unmapped)).toMatchObject({
      document: { capabilities: ['RFID_READER'] },
    })
  })
})
