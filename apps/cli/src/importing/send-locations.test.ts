import type { ocpi230 } from '@interwatt/protocol'
import { describe, expect, it } from 'vitest'
import type { OperatorConnection } from '../operator/connection.js'
import { sendLocations, withoutTimes } from './send-locations.js'

const at = '2026-05-01T00:00:00Z'
const location = (id: string): ocpi230.Location => ({
  country_code: 'DE',
  party_id: 'ABC',
  id,
  publish: true,
  address: 'Gartenstr. 1',
  city: 'Berlin',
  country: 'DEU',
  coordinates: { latitude: '52.5', longitude: '13.4' },
  time_zone: 'Europe/Berlin',
  evses: [
    {
      uid: '1',
      status: 'AVAILABLE',
      connectors: [
        {
          id: '1',
          standard: 'IEC_62196_T2',
          format: 'SOCKET',
          power_type: 'AC_3_PHASE',
          max_voltage: 230,
          max_amperage: 16,
          last_updated: at,
        },
      ],
      last_updated: at,
    },
  ],
  last_updated: at,
})

describe('withoutTimes', () => {
  it('leaves no time in the document, so that a repeated import changes nothing', () => {
    expect(JSON.stringify(withoutTimes(location('1')))).not.toContain('last_updated')
    expect(withoutTimes(location('1'))).toMatchObject({
      id: '1',
      evses: [{ uid: '1', connectors: [{ id: '1' }] }],
    })
  })
})

describe('sendLocations', () => {
  it('sends batches, adds up what the node did and names what it refused', async () => {
    const sizes: number[] = []
    const node: OperatorConnection = {
      url: 'http://node',
      text: async () => '',
      async call(_method, _path, body) {
        const count = Array.isArray(body) ? body.length : 0
        sizes.push(count)
        return { created: count - 1, updated: 0, unchanged: 0, refused: [{ index: 2, findings: [] }] }
      },
    }
    const all = Array.from({ length: 300 }, (_, index) => location(`L${index}`))
    const progress: number[] = []
    const sent = await sendLocations(node, all, (count) => progress.push(count))
    expect(sizes).toEqual([250, 50])
    expect(progress).toEqual([250, 300])
    expect(sent).toMatchObject({ created: 298, refused: [{ id: 'L2' }, { id: 'L252' }] })
  })
})
