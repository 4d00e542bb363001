import type { Document } from '@interwatt/store'

/** Conductors that carry power, by power type; voltages of AC are from one of them to neutral. */
const PHASES: Readonly<Record<string, number>> = {
  AC_1_PHASE: 1,
  AC_2_PHASE: 2,
  AC_2_PHASE_SPLIT: 2,
  AC_3_PHASE: 3,
  DC: 1,
}

const WATTS_PER_KW = 1_000

/** What a connector can deliver in kW: as it says, else by voltage and current; undefined when it tells neither. */
export const connectorPowerKw = (connector: Document): number | undefined => {
  const { max_electric_power: watts, max_voltage: volts, max_amperage: amperes, power_type: type } = connector
  if (typeof watts === 'number' && watts > 0) return watts / WATTS_PER_KW
  const phases = typeof type === 'string' && Object.hasOwn(PHASES, type) ? PHASES[type] : undefined
  if (phases === undefined || typeof volts !== 'number' || typeof amperes !== 'number') return undefined
  const product = phases * volts * amperes
  return product > 0 ? product / WATTS_PER_KW : undefined
}
