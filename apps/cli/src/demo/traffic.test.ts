import { describe, expect, it } from 'vitest'
import { readTraffic } from './traffic.js'

const line = (operation: string, count: number, outcome = 'ok', direction = 'in'): string =>
  `interwatt_ocpi_exchanges_total{direction="${direction}",operation="${operation}",outcome="${outcome}"} ${count}`

describe('readTraffic', () => {
  it('tells pushes, pulls, commands and authorizations apart', () => {
    const metrics = [
      '# HELP interwatt_ocpi_exchanges_total OCPI requests',
      line('locations.receiver.patchEvse', 7),
      line('cdrs.receiver.post', 3),
      line('locations.sender.list', 2),
      line('commands.receiver.startSession', 4),
      line('commands.sender.result', 4),
      line('tokens.sender.authorize', 5),
      line('cdrs.receiver.get', 1),
      line('all', 90, 'ok', 'out'),
      line('sessions.receiver.put', 2, 'refused'),
    ].join('\n')
    expect(readTraffic(metrics)).toEqual({ pushes: 10, pulls: 2, commands: 4, authorizations: 5, refused: 2 })
  })

  it('counts nothing where nothing is told', () => {
    expect(readTraffic('')).toEqual({ pushes: 0, pulls: 0, commands: 0, authorizations: 0, refused: 0 })
  })
})
