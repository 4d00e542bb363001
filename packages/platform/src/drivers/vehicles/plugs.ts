import type { ocpi230 } from '@interwatt/protocol'
import type { Plug } from '@interwatt/store'

type ConnectorType = ocpi230.Connector['standard']

/** Connector standards of OCPI that a plug of each name is, the usual one first. */
export const plugStandards: Readonly<Record<Plug, readonly ConnectorType[]>> = {
  type1: ['IEC_62196_T1'],
  type2: ['IEC_62196_T2'],
  type3: ['IEC_62196_T3A', 'IEC_62196_T3C'],
  ccs: ['IEC_62196_T2_COMBO'],
  ccs1: ['IEC_62196_T1_COMBO'],
  chademo: ['CHADEMO'],
  // One car plug (CEE 7/7) fits the sockets of France and of Germany.
  schuko: ['DOMESTIC_F', 'DOMESTIC_E'],
  cee: ['IEC_60309_2_three_16', 'IEC_60309_2_three_32', 'IEC_60309_2_three_64', 'IEC_60309_2_single_16'],
  tesla: ['TESLA_S', 'TESLA_R'],
}

/** Names of all plugs. */
export const plugs: readonly Plug[] = [
  ...(['type2', 'ccs', 'chademo', 'schuko', 'tesla'] as const),
  ...(['type1', 'ccs1', 'type3', 'cee'] as const),
]

/** Name of the plug of a connector; undefined for standards that drivers here do not meet. */
export const plugOf = (standard: ConnectorType): Plug | undefined =>
  plugs.find((plug) => plugStandards[plug].includes(standard))
