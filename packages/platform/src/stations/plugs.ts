/** Kinds of plugs as drivers tell them apart; `other` is whatever has no name here. */
export const plugKinds = [
  'type2',
  'ccs',
  'chademo',
  'schuko',
  'tesla',
  'type1',
  'ccs1',
  'nacs',
  'type3',
  'domestic',
  'cee',
  'gbt_ac',
  'gbt_dc',
  'chaoji',
  'mcs',
  'nema',
  'pantograph',
  'other',
] as const
export type PlugKind = (typeof plugKinds)[number]

const KINDS: Readonly<Record<string, PlugKind>> = {
  IEC_62196_T2: 'type2',
  IEC_62196_T2_COMBO: 'ccs',
  CHADEMO: 'chademo',
  DOMESTIC_F: 'schuko',
  TESLA_R: 'tesla',
  TESLA_S: 'tesla',
  IEC_62196_T1: 'type1',
  IEC_62196_T1_COMBO: 'ccs1',
  SAE_J3400: 'nacs',
  IEC_62196_T3A: 'type3',
  IEC_62196_T3C: 'type3',
  GBT_AC: 'gbt_ac',
  GBT_DC: 'gbt_dc',
  CHAOJI: 'chaoji',
  MCS: 'mcs',
}

const FAMILIES: readonly (readonly [prefix: string, kind: PlugKind])[] = [
  ['DOMESTIC_', 'domestic'],
  ['IEC_60309_', 'cee'],
  ['NEMA_', 'nema'],
  ['PANTOGRAPH_', 'pantograph'],
]

/** The kind of a ConnectorType, in any spelling of case. */
export const plugKindOf = (standard: unknown): PlugKind => {
  if (typeof standard !== 'string') return 'other'
  const name = standard.toUpperCase()
  if (Object.hasOwn(KINDS, name)) return KINDS[name] ?? 'other'
  return FAMILIES.find(([prefix]) => name.startsWith(prefix))?.[1] ?? 'other'
}

/** The bit of a kind in a set of plugs. */
export const plugBit = (kind: PlugKind): number => 1 << plugKinds.indexOf(kind)
