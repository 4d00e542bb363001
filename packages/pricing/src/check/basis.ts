import type { ocpi230 } from '@interwatt/protocol'
import type { SessionPrice } from '../price/price-session.js'
import type { PublishedPrice } from '../publish/publish.js'
import type { SessionToPrice } from '../session/session.js'
import type { CheckContext } from './context.js'

/** What the checks of a priced CDR work with. */
export interface Basis {
  readonly cdr: ocpi230.CDR
  readonly context: CheckContext
  readonly session: SessionToPrice
  readonly price: SessionPrice
  readonly published: PublishedPrice
  /** Millionths of the currency by which a total may differ. */
  readonly tolerance: number
  /** -1 for a credit, whose total is that of the session negated (CDR-074). */
  readonly sign: 1 | -1
}
