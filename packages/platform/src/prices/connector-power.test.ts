import { expect, it } from 'vitest'
import { connectorPowerKw } from './connector-power.js'

it.each([
  [
    'what it says',
    { max_electric_power: 150_000, max_voltage: 920, max_amperage: 500, power_type: 'DC' },
    150,
  ],
  ['one phase', { max_voltage: 230, max_amperage: 16, power_type: 'AC_1_PHASE' }, 3.68],
  [
    'three phases, voltage to neutral',
    { max_voltage: 230, max_amperage: 32, power_type: 'AC_3_PHASE' },
    22.08,
  ],
  ['direct current', { max_voltage: 500, max_amperage: 100, power_type: 'DC' }, 50],
  [
    'nothing for a power type nobody knows',
    { max_voltage: 230, max_amperage: 16, power_type: 'AC' },
    undefined,
  ],
  ['nothing where it tells nothing', { max_voltage: 0, max_amperage: 16, power_type: 'DC' }, undefined],
])('a connector delivers %s', (_what, connector, kw) => {
  expect(connectorPowerKw(connector)).toBe(kw)
})
