import { type CdrCheck, checkCdr } from '@interwatt/pricing'
import type { CDR } from '../back-ends/documents.js'
import type { Tariff } from '../tariffs.js'

/** What the one who checks a CDR knows beside it. */
export interface CdrKnowledge {
  /** Of the location; a CDR carries none (T-17). */
  readonly timeZone: string | undefined
  /** The tariffs as they were published. */
  readonly published: readonly Tariff[]
  /** Other CDRs of the same session. */
  readonly sessionCdrs: readonly CDR[]
}

/** Findings that keep a CDR from being reconciled although what it states follows from what it holds. */
const UNACCEPTABLE: readonly string[] = ['tariff_not_as_published']

/** Recomputes a CDR to the last cent: in this world both sides compute with the same engine. */
export const recompute = (cdr: CDR, knowledge: CdrKnowledge): CdrCheck =>
  checkCdr(cdr, {
    timeZone: knowledge.timeZone,
    tolerance: 0,
    ...(knowledge.published.length === 0 ? {} : { publishedTariffs: knowledge.published }),
    sessionCdrs: knowledge.sessionCdrs,
  })

/** Whether nothing stands against paying the CDR. */
export const isReconciled = ({ outcome, findings }: CdrCheck): boolean =>
  outcome === 'agrees' && findings.every(({ code }) => !UNACCEPTABLE.includes(code))

/** What stands against it: errors, and warnings that count like errors here. */
export const objectionsOf = ({ findings }: CdrCheck): readonly CdrCheck['findings'][number][] =>
  findings.filter(({ code, severity }) => severity === 'error' || UNACCEPTABLE.includes(code))
