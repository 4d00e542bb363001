import { ocpi230, parseDocument } from '@interwatt/protocol'
import { describe, expect, it } from 'vitest'
import { createDrivers } from '../drivers.js'
import { berlinTariffs } from '../tariffs.js'
import { testLocations } from '../testing/locations.js'
import { tariffAt, withTariffs } from './choose-tariff.js'
import { planTrip } from './trip.js'

const issuer = { countryCode: 'DE', partyId: 'DRV', name: 'Simulated eMSP' }
const drivers = createDrivers(7, 40, issuer)
const NOW = '2024-06-01T00:00:00Z'
const NOW_S = Date.parse(NOW) / 1000

describe('drivers and trips', () => {
  it('are the same for the same seed, whatever the order in which they are asked', () => {
    expect(createDrivers(7, 40, issuer)).toEqual(drivers)
    const keys = ['a', 'b', 'c']
    const plan = () => drivers.map((driver) => planTrip(7, driver, 3, keys))
    const first = plan()
    drivers.toReversed().map((driver) => planTrip(7, driver, 9, keys))
    expect(plan()).toEqual(first)
  })

  it('have tokens that are valid and differ from each other', () => {
    const tokens = drivers.flatMap(({ card, app }) => [card, app])
    for (const token of tokens)
      expect(parseDocument(ocpi230.Token, { ...token, last_updated: NOW }, 'whole')).toMatchObject({
        ok: true,
      })
    expect(new Set(tokens.map(({ uid }) => uid)).size).toBe(tokens.length)
  })

  it('belong to several eMSPs in turn, and nothing else about them changes', () => {
    const second = { countryCode: 'SE', partyId: 'TWO', name: 'Second eMSP', reservations: false }
    const both = createDrivers(7, 40, issuer, second)
    expect(both.slice(0, 4).map((driver) => driver.issuer)).toEqual([0, 1, 0, 1])
    expect(both.filter((driver) => driver.issuer === 0)).toEqual(
      drivers.filter((_, index) => index % 2 === 0),
    )
    expect(both.map(({ id, car }) => [id, car])).toEqual(drivers.map(({ id, car }) => [id, car]))
    for (const { issuer: index, card, app } of both)
      for (const { contract_id, party_id } of [card, app]) {
        expect(party_id).toBe(index === 0 ? 'DRV' : 'TWO')
        expect(contract_id).toMatch(index === 0 ? /^DE-DRV-/ : /^SE-TWO-/)
      }
  })

  it('do not reserve where the app of their eMSP cannot', () => {
    const without = { ...issuer, reservations: false }
    for (const driver of createDrivers(7, 40, without))
      for (let number = 0; number < 20; number++)
        expect(planTrip(7, driver, number, ['a']).reserve).toBe(false)
  })

  it('plan to arrive with less charge than they want to leave with', () => {
    for (const driver of drivers)
      for (let number = 0; number < 20; number++) {
        const trip = planTrip(7, driver, number, ['a'])
        expect(trip.socPercent).toBeLessThan(trip.targetPercent)
        if (trip.noShow || trip.reserve) expect(trip.means).toBe('app')
      }
  })
})

describe('tariffs', () => {
  const tariffs = berlinTariffs('DE', 'SIM').map((draft) => ({ ...draft, last_updated: NOW }))

  it('are valid documents', () => {
    for (const tariff of tariffs)
      expect(parseDocument(ocpi230.Tariff, tariff, 'whole')).toMatchObject({ ok: true, findings: [] })
  })

  it('reach every connector, and every connector gets one at session start', () => {
    const connectors = withTariffs(7, testLocations(), tariffs)
      .flatMap((location) => location.evses ?? [])
      .flatMap((evse) => evse.connectors)
    for (const connector of connectors)
      expect(tariffAt(tariffs, connector, NOW_S)?.id).toBe(connector.tariff_ids?.[0])
  })

  it('leave connectors alone that name one of them', () => {
    const own = testLocations().map((location) => ({
      ...location,
      evses: (location.evses ?? []).map((evse) => ({
        ...evse,
        connectors: evse.connectors.map((connector) => ({ ...connector, tariff_ids: ['sim-free'] })),
      })),
    }))
    expect(withTariffs(7, own, tariffs)).toEqual(own)
  })

  it('are chosen by type and validity (TAR-051, TAR-087)', () => {
    const [first] = tariffs
    const connector = testLocations()[0]?.evses?.[0]?.connectors[0]
    if (first === undefined || connector === undefined) throw new Error('no fixture')
    const offered = [
      { ...first, id: 'A', type: 'AD_HOC_PAYMENT' as const },
      { ...first, id: 'B', type: 'REGULAR' as const, end_date_time: NOW },
      { ...first, id: 'C', type: 'REGULAR' as const, start_date_time: NOW },
    ]
    const at = (atS: number) => tariffAt(offered, { ...connector, tariff_ids: ['a', 'b', 'c'] }, atS)?.id
    expect([at(NOW_S - 1), at(NOW_S)]).toEqual(['B', 'C'])
  })
})
