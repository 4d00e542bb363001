import { describe, expect, it } from 'vitest'
import type { VehicleDescription } from '../../api/vehicles.js'
import { draftOf, drawablePoints, emptyDraft, readDraft, type VehicleDraft } from './vehicle-draft.rules.js'

const car: VehicleDescription = {
  name: 'Blue car',
  model: 'compact',
  battery_kwh: '45.5',
  max_ac_kw: '11',
  ac_phases: 3,
  max_dc_kw: '85',
  plugs: ['type2', 'ccs'],
  curve: [
    { percent: 0, kw: '75' },
    { percent: 80, kw: '35.5' },
  ],
}

const mistakesOf = (change: Partial<VehicleDraft>): readonly string[] => {
  const read = readDraft({ ...draftOf(car, 'en'), ...change })
  return read.kind === 'wrong' ? read.mistakes : []
}

describe('a vehicle that is typed', () => {
  it.each(['en', 'de', 'fr', 'nl'])('is the same after it was shown in %s', (locale) => {
    expect(readDraft(draftOf(car, locale))).toEqual({ kind: 'good', vehicle: car })
  })

  it.each([
    ['name', { name: '  ' }],
    ['name', { name: 'x'.repeat(61) }],
    ['battery', { battery: '' }],
    ['battery', { battery: '0,5' }],
    ['ac', { ac: 'eleven' }],
    ['dc', { dc: '0' }],
    ['plugs', { plugs: [] }],
    ['curve', { curve: [{ percent: '', kw: '5' }] }],
    ['curve', { curve: [{ percent: '101', kw: '5' }] }],
    ['curve', { curve: [{ percent: '10', kw: '' }] }],
    [
      'curve',
      {
        curve: [
          { percent: '50', kw: '5' },
          { percent: '50', kw: '5' },
        ],
      },
    ],
  ] satisfies readonly [string, Partial<VehicleDraft>][])('is refused for its %s: %j', (mistake, change) => {
    expect(mistakesOf(change)).toEqual([mistake])
  })

  it('charges with AC or DC', () => {
    expect(mistakesOf({ ac: '', dc: '' })).toEqual(['both'])
    expect(mistakesOf({ ac: '' })).toEqual([])
  })

  it('has no curve without DC', () => {
    expect(readDraft({ ...draftOf(car, 'en'), dc: '' })).toMatchObject({
      kind: 'good',
      vehicle: { max_dc_kw: null, curve: [] },
    })
  })

  it('says all that is missing at once', () => {
    const read = readDraft({ ...emptyDraft, ac: 'x', plugs: [] })
    expect(read).toEqual({ kind: 'wrong', mistakes: ['name', 'battery', 'ac', 'plugs'] })
  })

  it('is drawn once its points make a curve', () => {
    expect(drawablePoints([{ percent: '0', kw: '50' }])).toEqual([{ percent: 0, kw: '50' }])
    expect(drawablePoints([{ percent: '0', kw: '' }])).toEqual([])
  })
})
