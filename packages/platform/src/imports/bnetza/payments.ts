import type { ocpi230 } from '@interwatt/protocol'
import { columns } from './columns.js'
import type { Note } from './row-report.js'

type Capability = ocpi230.Capability

/** What a facility accepts, as far as OCPI can say it. */
export interface Payments {
  /** In the order of the enumeration. */
  readonly capabilities: readonly Capability[]
  /** The register says charging is free of charge. */
  readonly free: boolean
}

/** `known` wordings carry nothing in OCPI and lose nothing; `lost` ones say something a driver would want to know. */
type Meaning = readonly Capability[] | 'known' | 'lost'

const meanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['RFID-Karte', ['RFID_READER']],
  ['Kreditkarte (NFC)', ['CREDIT_CARD_PAYABLE', 'CONTACTLESS_CARD_SUPPORT']],
  ['Kreditkarte (Lesegerät)', ['CREDIT_CARD_PAYABLE', 'CHIP_CARD_SUPPORT']],
  ['Debitkarte (NFC)', ['DEBIT_CARD_PAYABLE', 'CONTACTLESS_CARD_SUPPORT']],
  ['Debitkarte (Lesegerät)', ['DEBIT_CARD_PAYABLE', 'CHIP_CARD_SUPPORT']],
  ['Onlinezahlungsverfahren', 'known'],
  ['Sonstige', 'known'],
  ['Bargeld', 'lost'],
  ['Kostenlos', 'lost'],
  ['Kostenlos (Registrierung)', 'lost'],
  ['Plug & Charge', 'lost'],
])

const enumerationOrder: readonly Capability[] = [
  'CHIP_CARD_SUPPORT',
  'CONTACTLESS_CARD_SUPPORT',
  'CREDIT_CARD_PAYABLE',
  'DEBIT_CARD_PAYABLE',
  'RFID_READER',
]

const FREE = 'Kostenlos'

/** Payment capabilities of a facility (LOC-135). No PIN pad is claimed: the register never names one. */
export function readPayments(cell: string, note: Note): Payments {
  const capabilities = new Set<Capability>()
  const words = cell.split(/[;\n]/).flatMap((part) => part.trim() || [])
  for (const word of words) {
    const meaning = meanings.get(word)
    if (meaning === undefined) note('payment_unknown', columns.payment, word, 'left out: unknown wording')
    else if (meaning === 'lost')
      note('payment_not_carried', columns.payment, word, 'OCPI has no capability for it')
    else if (meaning !== 'known') for (const capability of meaning) capabilities.add(capability)
  }
  return {
    capabilities: enumerationOrder.filter((capability) => capabilities.has(capability)),
    free: words.includes(FREE),
  }
}
