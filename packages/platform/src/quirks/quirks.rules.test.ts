import type { PartnerFinding } from '@interwatt/store'
import { describe, expect, it } from 'vitest'
import { quirksIn } from './quirks.rules.js'

const finding = (change: Partial<PartnerFinding>): PartnerFinding => ({
  partnerId: 'p',
  operation: 'locations.receiver.put',
  pointer: '/evses/*/connectors/*/max_voltage',
  code: 'repaired',
  rule: 'TYP-040',
  severity: 'warning',
  message: '',
  example: '"230"',
  count: 1,
  firstAt: '2026-03-01T10:00:00.000Z',
  lastAt: '2026-03-01T10:00:00.000Z',
  ...change,
})

const ids = (...changes: Partial<PartnerFinding>[]) => quirksIn(changes.map(finding)).map(({ id }) => id)

describe('quirksIn', () => {
  it.each([
    [{ code: 'token_encoding', pointer: '' }, 'token_encoding'],
    [{ code: 'trailing_slash', pointer: '' }, 'trailing_slash'],
    [{ code: 'wrong_case' }, 'module_case'],
    [{ code: 'method_refused' }, 'refuses_patch'],
    [{ code: 'missing', pointer: '/last_updated', severity: 'error' }, 'missing_last_updated'],
    [{ code: 'missing', pointer: '/city', severity: 'error' }, 'missing_fields'],
    [{ code: 'no_zone' }, 'dates_without_zone'],
    [{ code: 'repaired', rule: 'TYP-020' }, 'odd_dates'],
    [{ code: 'repaired', rule: 'TYP-040' }, 'numbers_as_text'],
    [{ code: 'repaired', rule: 'TYP-010' }, 'value_case'],
    [{ code: 'too_long' }, 'long_texts'],
    [{ code: 'unknown_value' }, 'unknown_values'],
  ] as const)('reads %j as %s', (change, id) => {
    expect(ids(change)).toEqual([id])
  })

  it('leaves out deviations that are no habit', () => {
    expect(ids({ code: 'rule_broken' }, { code: 'identity_changed' })).toEqual([])
  })

  it('gathers alike deviations: how often, since when, where, and the latest example', () => {
    const [quirk] = quirksIn([
      finding({ count: 3, firstAt: '2026-03-02T00:00:00.000Z', lastAt: '2026-03-03T00:00:00.000Z' }),
      finding({
        operation: 'tariffs.receiver.put',
        pointer: '/elements/*/price_components/*/price',
        example: '"0.45"',
        count: 2,
        lastAt: '2026-03-05T00:00:00.000Z',
      }),
    ])
    expect(quirk).toMatchObject({
      id: 'numbers_as_text',
      rule: 'TYP-040',
      count: 5,
      firstAt: '2026-03-01T10:00:00.000Z',
      lastAt: '2026-03-05T00:00:00.000Z',
      places: [{ operation: 'tariffs.receiver.put' }, { operation: 'locations.receiver.put' }],
      example: '"0.45"',
      setting: null,
    })
  })

  it('lists every habit once, those that a setting meets with its name', () => {
    const found = quirksIn([
      finding({ code: 'too_long' }),
      finding({ code: 'trailing_slash' }),
      finding({ code: 'too_long' }),
    ])
    expect(found.map(({ id, setting }) => [id, setting])).toEqual([
      ['trailing_slash', 'sends.trailingSlash'],
      ['long_texts', 'accepts.longTexts'],
    ])
  })
})
