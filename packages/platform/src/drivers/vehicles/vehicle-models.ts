import type { Plug, VehicleFigures } from '@interwatt/store'

/** A kind of car that a driver may choose instead of giving figures. */
export interface VehicleModel extends VehicleFigures {
  readonly id: string
  /** Maker and model; null for a class of cars, whose name is a matter of language. */
  readonly name: string | null
}

type Points = readonly (readonly [percent: number, kw: number])[]

const EUROPEAN: readonly Plug[] = ['type2', 'ccs']

const model = (
  id: string,
  name: string | null,
  figures: {
    readonly kwh: number
    readonly ac: number
    readonly phases: 1 | 3
    readonly dc: number | null
    readonly curve: Points
    readonly plugs?: readonly Plug[]
  },
): VehicleModel => ({
  id,
  name,
  batteryKwh: String(figures.kwh),
  maxAcKw: String(figures.ac),
  acPhases: figures.phases,
  maxDcKw: figures.dc === null ? null : String(figures.dc),
  plugs: figures.plugs ?? EUROPEAN,
  curve: figures.curve.map(([percent, kw]) => ({ percent, kw: String(kw) })),
})

/**
 * Classes of cars first, then models that are often met. Rounded figures from what makers and drivers publish: good for an
 * estimate, no promise of any maker.
 */
export const vehicleModels: readonly VehicleModel[] = [
  model('city-car', null, {
    ...{ kwh: 27, ac: 6.6, phases: 1, dc: 30 },
    curve: [
      [0, 28],
      [50, 28],
      [80, 18],
      [100, 4],
    ],
  }),
  model('compact', null, {
    ...{ kwh: 45, ac: 11, phases: 3, dc: 85 },
    curve: [
      [0, 75],
      [20, 85],
      [50, 60],
      [80, 35],
      [100, 6],
    ],
  }),
  model('mid-size', null, {
    ...{ kwh: 58, ac: 11, phases: 3, dc: 118 },
    curve: [
      [0, 95],
      [30, 118],
      [50, 90],
      [80, 52],
      [100, 8],
    ],
  }),
  model('saloon', null, {
    ...{ kwh: 75, ac: 11, phases: 3, dc: 190 },
    curve: [
      [0, 170],
      [20, 190],
      [40, 130],
      [60, 90],
      [80, 56],
      [100, 9],
    ],
  }),
  model('van', null, {
    ...{ kwh: 68, ac: 11, phases: 3, dc: 112 },
    curve: [
      [0, 105],
      [40, 112],
      [65, 80],
      [80, 45],
      [100, 10],
    ],
  }),
  model('plug-in-hybrid', null, {
    ...{ kwh: 13, ac: 3.7, phases: 1, dc: null },
    ...{ plugs: ['type2'], curve: [] },
  }),
  model('bmw-i4-edrive40', 'BMW i4 eDrive40', {
    ...{ kwh: 81, ac: 11, phases: 3, dc: 205 },
    curve: [
      [0, 180],
      [10, 205],
      [30, 170],
      [50, 110],
      [80, 65],
      [100, 9],
    ],
  }),
  model('dacia-spring', 'Dacia Spring', {
    ...{ kwh: 26, ac: 6.6, phases: 1, dc: 30 },
    curve: [
      [0, 30],
      [55, 29],
      [80, 18],
      [100, 4],
    ],
  }),
  model('fiat-500e', 'Fiat 500e', {
    ...{ kwh: 37, ac: 11, phases: 3, dc: 85 },
    curve: [
      [0, 70],
      [25, 85],
      [50, 58],
      [80, 32],
      [100, 6],
    ],
  }),
  model('hyundai-ioniq-5', 'Hyundai Ioniq 5', {
    ...{ kwh: 77, ac: 11, phases: 3, dc: 230 },
    curve: [
      [0, 195],
      [10, 215],
      [50, 230],
      [55, 170],
      [80, 130],
      [100, 12],
    ],
  }),
  model('mg4', 'MG4', {
    ...{ kwh: 62, ac: 11, phases: 3, dc: 140 },
    curve: [
      [0, 115],
      [30, 140],
      [50, 95],
      [80, 50],
      [100, 8],
    ],
  }),
  model('nissan-leaf-40', 'Nissan Leaf 40 kWh', {
    ...{ kwh: 39, ac: 6.6, phases: 1, dc: 46 },
    ...{
      plugs: ['type2', 'chademo'],
      curve: [
        [0, 42],
        [55, 45],
        [80, 24],
        [100, 5],
      ],
    },
  }),
  model('renault-zoe', 'Renault Zoe R135', {
    ...{ kwh: 52, ac: 22, phases: 3, dc: 46 },
    curve: [
      [0, 44],
      [35, 46],
      [60, 36],
      [80, 24],
      [100, 6],
    ],
  }),
  model('tesla-model-3', 'Tesla Model 3 Long Range', {
    ...{ kwh: 75, ac: 11, phases: 3, dc: 250 },
    curve: [
      [0, 190],
      [5, 250],
      [20, 210],
      [40, 140],
      [60, 90],
      [80, 55],
      [100, 8],
    ],
  }),
  model('tesla-model-y', 'Tesla Model Y Long Range', {
    ...{ kwh: 75, ac: 11, phases: 3, dc: 250 },
    curve: [
      [0, 190],
      [5, 250],
      [20, 205],
      [40, 135],
      [60, 90],
      [80, 55],
      [100, 8],
    ],
  }),
  model('vw-id-3', 'Volkswagen ID.3 Pro', {
    ...{ kwh: 58, ac: 11, phases: 3, dc: 120 },
    curve: [
      [0, 100],
      [30, 120],
      [50, 90],
      [80, 55],
      [100, 8],
    ],
  }),
]

/** The model with an id; undefined when the catalogue has none. */
export const vehicleModel = (id: string): VehicleModel | undefined =>
  vehicleModels.find((known) => known.id === id)
