/** A point of a fast-charging curve: up to this state of charge the car takes this much. */
export interface CurvePoint {
  readonly socPercent: number
  readonly powerW: number
}

/** A car model as far as charging goes; all quantities are integers in W and Wh. */
export interface CarModel {
  readonly name: string
  readonly batteryWh: number
  readonly acPhases: 1 | 2 | 3
  readonly acMaxW: number
  /** Connector standard of the fast-charging inlet; undefined when the car has none. */
  readonly dcStandard: string | undefined
  /** Rising state of charge; power between two points is interpolated. Empty without fast charging. */
  readonly dcCurve: readonly CurvePoint[]
}

const curve = (...points: readonly (readonly [number, number])[]): readonly CurvePoint[] =>
  points.map(([socPercent, kw]) => ({ socPercent, powerW: kw * 1000 }))

const CCS = 'IEC_62196_T2_COMBO'

/** The car of somebody from outside: a mid-size car of our days, at home at every plug but CHAdeMO. */
export const visitorModel: CarModel = {
  name: 'mid-size car',
  batteryWh: 64_000,
  acPhases: 3,
  acMaxW: 11_000,
  dcStandard: CCS,
  dcCurve: curve([0, 120], [10, 150], [35, 138], [55, 96], [80, 58], [90, 30], [100, 7]),
}

/** Typical classes of cars on the road; rounded figures, not those of any one manufacturer. */
export const cars: readonly CarModel[] = [
  {
    name: 'city car',
    batteryWh: 26_800,
    acPhases: 1,
    acMaxW: 6_600,
    dcStandard: CCS,
    dcCurve: curve([0, 28], [50, 28], [80, 18], [100, 4]),
  },
  {
    name: 'plug-in hybrid',
    batteryWh: 13_000,
    acPhases: 1,
    acMaxW: 3_700,
    dcStandard: undefined,
    dcCurve: [],
  },
  {
    name: 'compact',
    batteryWh: 52_000,
    acPhases: 3,
    acMaxW: 22_000,
    dcStandard: CCS,
    dcCurve: curve([0, 44], [35, 46], [60, 36], [80, 24], [100, 6]),
  },
  {
    name: 'hatchback',
    batteryWh: 58_000,
    acPhases: 3,
    acMaxW: 11_000,
    dcStandard: CCS,
    dcCurve: curve([0, 95], [30, 118], [50, 90], [80, 52], [100, 8]),
  },
  {
    name: 'older hatchback',
    batteryWh: 39_000,
    acPhases: 1,
    acMaxW: 6_600,
    dcStandard: 'CHADEMO',
    dcCurve: curve([0, 42], [55, 45], [80, 24], [100, 5]),
  },
  {
    name: 'saloon',
    batteryWh: 75_000,
    acPhases: 3,
    acMaxW: 11_000,
    dcStandard: CCS,
    dcCurve: curve([0, 170], [20, 190], [40, 130], [60, 90], [80, 56], [100, 9]),
  },
  {
    name: 'fast crossover',
    batteryWh: 77_400,
    acPhases: 3,
    acMaxW: 11_000,
    dcStandard: CCS,
    dcCurve: curve([0, 195], [10, 215], [50, 228], [55, 170], [80, 130], [100, 12]),
  },
  {
    name: 'delivery van',
    batteryWh: 68_000,
    acPhases: 3,
    acMaxW: 11_000,
    dcStandard: CCS,
    dcCurve: curve([0, 105], [40, 112], [65, 80], [80, 45], [100, 10]),
  },
]
