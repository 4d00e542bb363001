import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columns } from './columns.js'
import { importRows } from './testing/register.js'

const near = { [columns.latitude]: '52,532710', [columns.longitude]: '13,388311' }
/** About 70 metres east of `near`. */
const metres70 = { [columns.latitude]: '52,532710', [columns.longitude]: '13,389345' }
const metres300 = { [columns.latitude]: '52,532710', [columns.longitude]: '13,392745' }

const ids = async (rows: readonly Record<string, string>[]) =>
  (await importRows(rows)).locations.map(({ evses }) => evses?.map(({ uid }) => uid.split('-')[1]))

describe('facilities that form one Location (LOC-126)', () => {
  it('joins one operator at one address, whatever the spelling', async () => {
    expect(
      await ids([
        { [columns.id]: '12', ...near, [columns.street]: 'Alexanderstr.', [columns.houseNumber]: '2 - 4' },
        {
          [columns.id]: '11',
          ...metres70,
          [columns.street]: 'Alexanderstrasse',
          [columns.houseNumber]: '2-4',
        },
        { [columns.id]: '9', ...near, [columns.street]: 'Alexanderstraße', [columns.houseNumber]: '2/4' },
      ]),
    ).toEqual([['9', '11', '12']])
  })

  it('keeps operators, house numbers and distant places apart', async () => {
    expect(
      await ids([
        { [columns.id]: '1', ...near },
        { [columns.id]: '2', ...near, [columns.operator]: 'Lidl Dienstleistung GmbH & Co. KG' },
        { [columns.id]: '3', ...near, [columns.houseNumber]: '88' },
        { [columns.id]: '4', ...metres300 },
      ]),
    ).toEqual([['1'], ['2'], ['3'], ['4']])
  })

  it('joins neighbours only, where the street has no house number', async () => {
    const lantern = { [columns.houseNumber]: '0' }
    expect(
      await ids([
        { [columns.id]: '1', ...near, ...lantern },
        { [columns.id]: '2', ...metres70, ...lantern },
        { [columns.id]: '3', ...near, ...lantern },
      ]),
    ).toEqual([['1', '3'], ['2']])
  })

  it('gives address and coordinates of the lowest id, and an EVSE its own place where it differs', async () => {
    const { locations } = await importRows([
      { [columns.id]: '2', ...metres70, [columns.postalCode]: '10117' },
      { [columns.id]: '1', ...near },
    ])
    expect(locations[0]).toMatchObject({ id: 'BNETZA-1', postal_code: '10115' })
    expect(locations[0]?.coordinates).toEqual({ latitude: '52.532710', longitude: '13.388311' })
    expect(locations[0]?.evses?.map(({ coordinates }) => coordinates?.longitude)).toEqual([
      undefined,
      '13.389345',
    ])
  })

  it('leaves out opening times and names that differ within the site, reported', async () => {
    const { locations, report } = await importRows([
      { [columns.id]: '1', [columns.opening]: '247', [columns.siteName]: 'Deck 1' },
      { [columns.id]: '2', [columns.siteName]: 'Deck 2' },
    ])
    expect(locations[0]).not.toHaveProperty('opening_times')
    expect(locations[0]).not.toHaveProperty('name')
    const codes = report.filter(({ facilityId }) => facilityId === '1').map(({ code }) => code)
    expect(codes).toEqual(expect.arrayContaining(['opening_times_differ', 'names_differ']))
  })

  it('depends on the rows, not on their order', async () => {
    const rows = Array.from({ length: 12 }, (_, index) => ({
      [columns.id]: String(95 + index),
      [columns.houseNumber]: index % 3 === 0 ? '0' : '7',
      [columns.longitude]: `13,3883${String(index * 7).padStart(2, '0')}`,
    }))
    const expected = (await importRows(rows)).locations
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (shuffled) => {
        expect((await importRows(shuffled)).locations).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })
})

describe('places that contradict each other', () => {
  const codesOf = async (rows: readonly Record<string, string>[]) =>
    (await importRows(rows)).report.filter(({ code }) => code.startsWith('coordinates_'))

  it('reports one address at two places, and keeps both', async () => {
    const reports = await codesOf([
      { [columns.id]: '1', ...near },
      { [columns.id]: '2', [columns.latitude]: '52,63271', [columns.longitude]: '13,688311' },
    ])
    expect(reports.map(({ code, facilityId }) => [code, facilityId])).toEqual([
      ['coordinates_disagree', '1'],
      ['coordinates_disagree', '2'],
    ])
    expect(reports[1]?.raw).toBe('52,63271 13,688311')
  })

  it('reports one place with two addresses and postal codes', async () => {
    const reports = await codesOf([
      { [columns.id]: '1', ...near },
      { [columns.id]: '2', ...near, [columns.street]: 'Am Borsigturm', [columns.postalCode]: '13507' },
    ])
    expect(reports.map(({ code }) => code)).toEqual(['coordinates_shared', 'coordinates_shared'])
  })

  it('reports a facility far from all others of its postal code', async () => {
    const rows = Array.from({ length: 6 }, (_, index) => ({
      [columns.id]: String(index + 1),
      [columns.houseNumber]: String(index + 1),
      [columns.longitude]: index === 5 ? '13,688311' : `13,38831${index}`,
    }))
    const reports = await codesOf(rows)
    expect(reports.map(({ code, facilityId }) => [code, facilityId])).toEqual([
      ['coordinates_far_from_postal_code', '6'],
    ])
  })
})
