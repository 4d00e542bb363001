import { describe, expect, it } from 'vitest'
import { comparedTariffs, overlapMessage, overlapsOf } from './overlap.rules.js'

type Fields = { readonly type?: string; readonly start_date_time?: string; readonly end_date_time?: string }

const evse = (...lists: (readonly string[] | undefined)[]) => ({
  uid: 'E1',
  connectors: lists.map((tariff_ids, index) => ({ id: String(index + 1), tariff_ids })),
})

const found = (tariffs: Readonly<Record<string, Fields>>, ids: readonly string[] = Object.keys(tariffs)) =>
  overlapsOf(evse(ids), (id) => tariffs[id.toUpperCase()])

const pairs = (tariffs: Readonly<Record<string, Fields>>) => found(tariffs).map(({ tariffIds }) => tariffIds)

describe('tariffs of one type on a connector (LOC-129, TAR-048)', () => {
  it('overlap when both are valid always', () => {
    expect(pairs({ A: { type: 'REGULAR' }, B: { type: 'REGULAR' } })).toEqual([['A', 'B']])
  })

  it('overlap when both have no type', () => {
    expect(pairs({ A: {}, B: {} })).toEqual([['A', 'B']])
  })

  it('do not overlap when their types differ', () => {
    expect(pairs({ A: { type: 'REGULAR' }, B: { type: 'AD_HOC_PAYMENT' }, C: {} })).toEqual([])
  })

  it('do not overlap when one ends at the moment the other starts', () => {
    const change = '2026-04-01T00:00:00Z'
    expect(
      pairs({
        A: { type: 'REGULAR', end_date_time: change },
        B: { type: 'REGULAR', start_date_time: '2026-04-01T00:00:00.000' },
      }),
    ).toEqual([])
  })

  it('overlap from the start of the later one to the end of the first to end', () => {
    const [overlap] = found({
      B: { start_date_time: '2026-03-01T00:00:00Z', end_date_time: '2026-06-01T00:00:00Z' },
      A: { end_date_time: '2026-05-01T00:00:00Z' },
    })
    expect(overlap).toEqual({
      connectorId: '1',
      connectorIndex: 0,
      type: undefined,
      tariffIds: ['A', 'B'],
      fromMs: Date.UTC(2026, 2, 1),
      untilMs: Date.UTC(2026, 4, 1),
    })
  })

  it('are each compared with the longest before, not with the last only', () => {
    expect(
      pairs({
        A: { end_date_time: '2026-12-01T00:00:00Z' },
        B: { start_date_time: '2026-02-01T00:00:00Z', end_date_time: '2026-03-01T00:00:00Z' },
        C: { start_date_time: '2026-04-01T00:00:00Z' },
      }),
    ).toEqual([
      ['A', 'B'],
      ['A', 'C'],
    ])
  })

  it('are left out when nobody knows them, and when they are never valid', () => {
    expect(found({ A: {} }, ['A', 'GONE'])).toEqual([])
    const never = { start_date_time: '2026-03-01T00:00:00Z', end_date_time: '2026-03-01T00:00:00Z' }
    expect(pairs({ A: {}, B: never })).toEqual([])
  })

  it('are one tariff when only the case differs', () => {
    expect(found({ A: {} }, ['A', 'a'])).toEqual([])
    expect(comparedTariffs(evse(['A', 'a'], ['x', 'Y'], undefined, ['Z']))).toEqual(['x', 'Y'])
  })

  it('are told apart by connector', () => {
    const tariffs = { A: {}, B: {} }
    const overlaps = overlapsOf(evse(['A'], ['B', 'A']), (id) => tariffs[id as 'A' | 'B'])
    expect(overlaps.map(({ connectorId, connectorIndex }) => [connectorId, connectorIndex])).toEqual([
      ['2', 1],
    ])
  })

  it('are named in a sentence that says when and what to do', () => {
    const [always] = found({ A: { type: 'REGULAR' }, B: { type: 'REGULAR' } })
    expect(always && overlapMessage(always)).toBe(
      'Connector 1 lists A and B, both of type REGULAR and valid at all times: end one before the other starts, or list one only.',
    )
    const [later] = found({ A: {}, B: { start_date_time: '2026-03-01T00:00:00Z' } })
    expect(later && overlapMessage(later)).toContain(
      'both without a type and valid from 2026-03-01T00:00:00.000Z:',
    )
  })
})
