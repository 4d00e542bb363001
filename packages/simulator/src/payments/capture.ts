import { compare, decimal, type ocpi230, toNumber, toText } from '@interwatt/protocol'
import { exactGrossOf } from '../gross.js'

type Price = ocpi230.Price

/** What was taken from a card, as a financial advice confirmation states it. */
export interface Capture {
  readonly status: ocpi230.CaptureStatusCode
  readonly total: Price
  /** Exact decimal text, taxes included. */
  readonly amount: string
}

/** True when what runs up costs as much as was reserved: the session has to stop (PAY-030). */
export const reachesLimit = (running: Price, reserved: number): boolean =>
  compare(exactGrossOf(running), decimal(reserved)) >= 0

/**
 * Captures what a CDR costs, to the cent and never more than was reserved (PAY-031). A part of it has no statement of taxes: nobody
 * knows which of them were paid.
 */
export const captureOf = (charged: Price, reserved: number): Capture => {
  const total = exactGrossOf(charged)
  if (compare(total, decimal(reserved)) <= 0)
    return { status: 'SUCCESS', total: charged, amount: toText(total) }
  const part = decimal(reserved)
  return { status: 'PARTIAL_SUCCESS', total: { before_taxes: toNumber(part) }, amount: toText(part) }
}

/** The lines that an invoice needs, without the number of the card (PAY-027, PAY-036). */
export const eftLines = (amount: string, currency: string, trace: number): string[] => [
  'Girocard',
  'Nr: **** **** **** 4711',
  `Trace: ${String(trace).padStart(6, '0')}`,
  `Amount: ${currency} ${amount}`,
]
