import type { DriverLanguage } from '@interwatt/store'
import { dutch } from './dutch.js'
import { english } from './english.js'
import { french } from './french.js'
import { german } from './german.js'

/** Parts of a price that a CDR states. */
export type StatedPart = 'energy' | 'time' | 'parking' | 'fixed' | 'reservation' | 'rest' | 'all'

/** What a document of a charge is. */
export type DocumentKind = 'receipt' | 'credit' | 'reissue'

/** What receipts and statements say, in one language. */
export interface ReceiptWords {
  readonly locale: string
  readonly parts: Readonly<Record<StatedPart, string>>
  readonly documents: Readonly<Record<DocumentKind, string>>
  readonly check: {
    readonly agrees: string
    readonly differs: (ours: string, stated: string) => string
    readonly unpriced: string
    readonly waiting: string
    readonly disputed: string
    readonly held: string
    readonly accepted: string
    readonly open: string
  }
  readonly quote: {
    readonly same: (at: string) => string
    readonly more: (by: string, at: string) => string
    readonly less: (by: string, at: string) => string
    readonly otherCurrency: (at: string) => string
    readonly energy: (charged: string, planned: string) => string
    readonly minutes: (took: string, planned: string) => string
    readonly otherPrice: string
  }
  readonly signed: (count: number, method: string) => string
  readonly credited: string
  readonly labels: Readonly<
    Record<
      | 'receipt'
      | 'statement'
      | 'number'
      | 'date'
      | 'seller'
      | 'operator'
      | 'station'
      | 'plug'
      | 'start'
      | 'end'
      | 'duration'
      | 'energy'
      | 'meter'
      | 'means'
      | 'price'
      | 'net'
      | 'total'
      | 'included'
      | 'month'
      | 'charges'
      | 'app'
      | 'card'
      | 'tax'
      | 'amount'
      | 'page'
      | 'quote'
      | 'check'
      | 'documents'
      | 'invoice',
      string
    >
  >
  readonly timesIn: (zone: string) => string
  readonly nothing: string
  readonly hours: string
  readonly minutes: string
}

/** All languages of the app. */
export const receiptWords: Readonly<Record<DriverLanguage, ReceiptWords>> = {
  en: english,
  de: german,
  fr: french,
  nl: dutch,
}
