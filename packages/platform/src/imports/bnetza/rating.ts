/** Electrical limits of a connector: V line to neutral for AC, A per phase, W. */
export interface Rating {
  readonly powerType: 'AC_1_PHASE' | 'AC_3_PHASE' | 'DC'
  readonly maxVoltage: number
  readonly maxAmperage: number
  /** Set for DC, and for AC where the stated power is below voltage × current (LOC-134). */
  readonly maxElectricPower: number | undefined
}

const VOLTS_AC = 230

interface AcClass {
  readonly phases: 1 | 3
  readonly amperes: number
}

const acClass = (phases: 1 | 3, amperes: number, ...watts: number[]) =>
  watts.map((power): [number, AcClass] => [power, { phases, amperes }])

/** Powers that name a supply class: the usual rounding and the product of 230 V, phases and amperes. */
const acClasses: ReadonlyMap<number, AcClass> = new Map([
  ...acClass(1, 10, 2_300),
  ...acClass(1, 16, 3_600, 3_680, 3_700),
  ...acClass(1, 20, 4_600),
  ...acClass(1, 32, 7_200, 7_360, 7_400),
  ...acClass(3, 16, 11_000, 11_040, 11_100),
  ...acClass(3, 32, 22_000, 22_080, 22_100),
  ...acClass(3, 63, 43_000, 43_470, 43_500),
])

/** Phases and current that give an AC power; `assumedPhases` when the power names no supply class. */
export function rateAc(watts: number, singlePhase: boolean): { rating: Rating; assumedPhases: boolean } {
  const known = acClasses.get(watts)
  const phases = known?.phases ?? (singlePhase || watts <= 7_400 ? 1 : 3)
  const amperes = known?.amperes ?? Math.ceil(watts / (VOLTS_AC * phases))
  const product = VOLTS_AC * phases * amperes
  return {
    rating: {
      powerType: phases === 1 ? 'AC_1_PHASE' : 'AC_3_PHASE',
      maxVoltage: VOLTS_AC,
      maxAmperage: amperes,
      maxElectricPower: known === undefined && watts < product ? watts : undefined,
    },
    assumedPhases: known === undefined,
  }
}

/** Nominal DC voltage of the power class: the register states no voltage, OCPI requires one. */
const nominalDcVolts = (watts: number): number => (watts <= 100_000 ? 500 : 1_000)

/** DC limits: the power as stated, voltage by class, current from both. */
export function rateDc(watts: number): Rating {
  const volts = nominalDcVolts(watts)
  return {
    powerType: 'DC',
    maxVoltage: volts,
    maxAmperage: Math.ceil(watts / volts),
    maxElectricPower: watts,
  }
}
