import { describe, expect, it } from 'vitest'
import { filterCount, readSearch, withoutFilters, writeSearch } from './search.js'
import { around, edgesOf, snapped } from './viewport.js'

describe('what is looked for', () => {
  const address =
    '?lat=52.52000&lon=13.40500&z=14.0&view=list&sort=price&plug=ccs&plug=type2&payment=app&min_kw=50&max_price=0.6&free=true'

  it('is in the address, and read from it as it was', () => {
    expect(writeSearch(readSearch(address))).toBe(address)
    expect(filterCount(readSearch(address))).toBe(6)
  })

  it('without filters keeps place and order', () => {
    const search = withoutFilters(readSearch(address))
    expect(filterCount(search)).toBe(0)
    expect(writeSearch(search)).toBe('?lat=52.52000&lon=13.40500&z=14.0&view=list&sort=price')
  })

  it('is the usual where the address makes no sense', () => {
    const search = readSearch(
      '?lat=abc&lon=999&z=-1&view=x&sort=y&plug=<b>&payment=gold&min_kw=x&max_price=cheap',
    )
    expect(writeSearch(search)).toBe('')
    expect(search.lat).toBeUndefined()
  })
})

describe('the part of the map that is asked for', () => {
  const area = {
    center: { lat: 52.52, lon: 13.4 },
    zoom: 12.2,
    west: 13.31,
    south: 52.47,
    east: 13.49,
    north: 52.57,
  }

  it('covers what is seen, and stays the same when the map moves a little', () => {
    const box = snapped(area)
    expect(Object.keys(edgesOf(box))).toEqual(['west', 'south', 'east', 'north'])
    expect(box.west).toBeLessThanOrEqual(area.west)
    expect(box.north).toBeGreaterThanOrEqual(area.north)
    const moved = { ...area, west: area.west + 0.001, east: area.east - 0.001 }
    expect(snapped(moved)).toEqual(box)
  })

  it('shows all places at first', () => {
    expect(around([])).toBeUndefined()
    const { lat, lon, zoom } = around([
      { lat: 52, lon: 13 },
      { lat: 53, lon: 14 },
    ]) ?? { lat: 0, lon: 0, zoom: 0 }
    expect([lat, lon]).toEqual([52.5, 13.5])
    expect(zoom).toBeGreaterThan(6)
    expect(zoom).toBeLessThan(10)
  })
})
