import { describe, expect, it } from 'vitest'
import { metresBetween, readPlace } from './coordinates.js'
import type { ReportCode } from './row-report.js'

const read = (latitude: string, longitude: string) => {
  const codes: ReportCode[] = []
  const place = readPlace(
    { column: 'Breitengrad', text: latitude },
    { column: 'Längengrad', text: longitude },
    (code) => codes.push(code),
  )
  return { place, codes }
}

describe('coordinates', () => {
  it('LOC-111 turns decimal commas into points and keeps five or six decimals as written', () => {
    const { place, codes } = read('52,52979', '13,377059')
    expect(place).toMatchObject({ latitude: '52.52979', longitude: '13.377059' })
    expect(codes).toEqual([])
  })

  it('LOC-112 pads fewer decimals to five and reports how many were given', () => {
    const { place, codes } = read('52,53', '9')
    expect(place).toMatchObject({ latitude: '52.53000', longitude: '9.00000' })
    expect(codes).toEqual(['coordinates_imprecise', 'coordinates_imprecise'])
  })

  it('T-08 rounds more than six decimals in decimal digits, carries included', () => {
    const { place, codes } = read('52,9999995', '13,12345649')
    expect(place).toMatchObject({ latitude: '53.000000', longitude: '13.123456' })
    expect(codes).toEqual(['coordinates_rounded', 'coordinates_rounded'])
  })

  it.each([
    ['13,377059', '52,52979', 'coordinates_implausible'],
    ['52,5', '131,2', 'coordinates_implausible'],
    ['-52,5', '13,1', 'coordinates_implausible'],
    ['', '13,377059', 'coordinates_garbled'],
    ['52° 31′', '13,377059', 'coordinates_garbled'],
    ['52.529.790', '13,377059', 'coordinates_garbled'],
  ])('refuses %s, %s', (latitude, longitude, code) => {
    const { place, codes } = read(latitude, longitude)
    expect(place).toBeUndefined()
    expect(codes).toContain(code)
  })

  it('measures metres', () => {
    const a = read('52,500000', '13,400000').place
    const b = read('52,500000', '13,401000').place
    if (a === undefined || b === undefined) throw new Error('unreadable')
    expect(metresBetween(a, b)).toBeGreaterThan(67)
    expect(metresBetween(a, b)).toBeLessThan(68.5)
  })
})
