import type { RandomStream } from './random.js'

/** What befalls an EVSE and when, in virtual epoch seconds. */
export interface Mishap {
  readonly kind: 'fault' | 'block'
  readonly atS: number
  readonly untilS: number
}

export interface MishapRates {
  /** Mean number of faults of one EVSE in a virtual day. */
  readonly faultsPerEvseDay: number
  /** Mean number of times in a virtual day that a parked car blocks an EVSE. */
  readonly blocksPerEvseDay: number
}

const DAY_S = 86_400

/** The next mishap of one EVSE after an instant; Infinity when there is none. */
export const nextMishap = (stream: RandomStream, rates: MishapRates, afterS: number): Mishap => {
  const faultS = stream.exponential(DAY_S / rates.faultsPerEvseDay)
  const blockS = stream.exponential(DAY_S / rates.blocksPerEvseDay)
  const kind = faultS <= blockS ? 'fault' : 'block'
  const atS = afterS + Math.ceil(Math.min(faultS, blockS))
  const lengthS = kind === 'fault' ? stream.integer(20, 180) * 60 : stream.integer(5, 60) * 60
  return { kind, atS, untilS: atS + lengthS }
}
