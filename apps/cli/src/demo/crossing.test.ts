import { describe, expect, it } from 'vitest'
import type { OperatorConnection } from '../operator/connection.js'
import { countLosses, readCrossing, readWithheld } from './crossing.js'
import type { Holdings } from './holdings.js'
import { cpoParty } from './parties.js'

const loss = (pointer: string, reason = 'no such field') => ({ pointer, reason, severity: 'lost' })

/** A CPO that answers so for these objects. */
const placeWith = (answers: Readonly<Record<string, unknown>>) => {
  const asked: string[] = []
  const operator: OperatorConnection = {
    url: 'http://node',
    text: async () => '',
    async call(_method, path) {
      asked.push(path)
      const { pathname } = new URL(path, 'http://node')
      return answers[pathname] ?? { document: {}, withheld: null, losses: [] }
    },
  }
  const cpo = { party: cpoParty, url: 'http://node', publicUrl: 'http://node', key: '', operator }
  return { asked, place: { cpo, partnerId: 'P1' } }
}

const side = (change: Partial<Holdings> = {}): Holdings => ({
  locations: new Map([['L1', 2]]),
  tariffs: new Set(['T1', 'T2']),
  sessions: new Map(),
  cdrs: new Map(),
  ...change,
})

describe('countLosses', () => {
  it('counts objects, each once whatever the position in a list, the most frequent first', () => {
    const crossing = countLosses([
      { kind: 'tariffs', losses: [] },
      { kind: 'locations', losses: [loss('/evses/0/uid'), loss('/evses/11/uid'), loss('/state')] },
      { kind: 'locations', losses: [loss('/evses/3/uid')] },
    ])
    expect(crossing).toEqual({
      checked: 3,
      with_losses: 2,
      losses: [
        { kind: 'locations', pointer: '/evses/*/uid', reason: 'no such field', objects: 2 },
        { kind: 'locations', pointer: '/state', reason: 'no such field', objects: 1 },
      ],
    })
  })
})

describe('readWithheld', () => {
  it('asks about what is missing alone, and tells what the CPO does not send', async () => {
    const { asked, place } = placeWith({
      '/tariffs/DE/IWC/T1': { document: null, withheld: 'prices by current', losses: [] },
    })
    const received = side({ tariffs: new Set() })
    expect(await readWithheld(place, side(), received)).toEqual([
      { kind: 'tariffs', id: 'T1', reason: 'prices by current' },
    ])
    expect(asked).toEqual([
      '/tariffs/DE/IWC/T1?partner=P1&losses=true',
      '/tariffs/DE/IWC/T2?partner=P1&losses=true',
    ])
  })

  it('tells of EVSEs that are withheld, not of those that are on their way', async () => {
    const sent = {
      document: { evses: [{}] },
      withheld: null,
      losses: [loss('/evses/1', 'no such connector')],
    }
    const { place } = placeWith({ '/locations/DE/IWC/L1': sent })
    const holding = (evses: number) => side({ locations: new Map([['L1', evses]]) })
    expect(await readWithheld(place, side(), holding(1))).toEqual([
      { kind: 'locations', id: 'L1', reason: 'some of its EVSEs: no such connector' },
    ])
    expect(await readWithheld(place, side(), holding(0))).toEqual([])
  })
})

describe('readCrossing', () => {
  it('asks nothing for the version that objects are stored in', async () => {
    const { asked, place } = placeWith({})
    expect(await readCrossing(place, '2.3.0', side())).toEqual({ checked: 0, with_losses: 0, losses: [] })
    expect(asked).toEqual([])
    expect(await readCrossing(place, '2.1.1', side())).toMatchObject({ checked: 3 })
  })
})
