import type { ocpi230 } from '@interwatt/protocol'
import type { CarModel, CurvePoint } from '../cars.js'

export type Connector = ocpi230.EVSE['connectors'][number]

const isDc = (connector: Connector): boolean => connector.power_type === 'DC'

const phasesOf = (connector: Connector): number =>
  connector.power_type === 'AC_3_PHASE' ? 3 : connector.power_type.startsWith('AC_2_PHASE') ? 2 : 1

/** Volt between one phase and neutral; a three-phase connector given with 400 V means line to line. */
const phaseVolts = (connector: Connector): number =>
  phasesOf(connector) === 3 && connector.max_voltage >= 346
    ? Math.round(connector.max_voltage / Math.sqrt(3))
    : connector.max_voltage

const AC_STANDARDS = ['IEC_62196_T2', 'IEC_62196_T3C', 'IEC_62196_T3A']

/** Whether the car can charge at this connector at all. */
export const fits = (car: CarModel, connector: Connector): boolean =>
  isDc(connector) ? connector.standard === car.dcStandard : AC_STANDARDS.includes(connector.standard)

const onCurve = (points: readonly CurvePoint[], socPermille: number): number => {
  let before = points[0]
  for (const point of points) {
    if (socPermille <= point.socPercent * 10) {
      if (before === undefined || point === before) return point.powerW
      const span = (point.socPercent - before.socPercent) * 10
      const into = socPermille - before.socPercent * 10
      return before.powerW + Math.trunc(((point.powerW - before.powerW) * into) / span)
    }
    before = point
  }
  return before?.powerW ?? 0
}

/** W that one ampere in each phase makes for a car with these phases; on DC there is one. */
export const phaseLimitW = (connector: Connector, carPhases: number): number =>
  isDc(connector) ? connector.max_voltage : phaseVolts(connector) * Math.min(carPhases, phasesOf(connector))

/** What the connector can give to a car with these phases, in W. */
export const connectorLimitW = (connector: Connector, carPhases: number): number => {
  const byAmperage = phaseLimitW(connector, carPhases) * connector.max_amperage
  return Math.min(byAmperage, connector.max_electric_power ?? byAmperage)
}

/** Power the car draws at this state of charge: the least of connector, car and curve, in whole W. */
export const powerW = (car: CarModel, connector: Connector, socPermille: number): number => {
  if (!fits(car, connector) || socPermille >= 1000) return 0
  const limitW = connectorLimitW(connector, car.acPhases)
  if (isDc(connector)) return Math.min(limitW, onCurve(car.dcCurve, socPermille))
  const taper = socPermille >= 970 ? Math.trunc(car.acMaxW / 2) : car.acMaxW
  return Math.min(limitW, taper)
}

/** Current summed over the phases that belongs to this power, in whole mA. */
export const currentMa = (connector: Connector, drawnW: number): number => {
  const volts = isDc(connector) ? connector.max_voltage : phaseVolts(connector)
  return volts === 0 ? 0 : Math.round((drawnW * 1000) / volts)
}

/** Share of the drawn energy that reaches the battery, in percent. */
export const efficiencyPercent = (connector: Connector): number => (isDc(connector) ? 95 : 90)
