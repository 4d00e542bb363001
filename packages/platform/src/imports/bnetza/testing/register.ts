import { columns } from '../columns.js'
import { type BnetzaImport, type BnetzaImportOptions, importBnetza } from '../import-bnetza.js'

const slots = [1, 2, 3, 4, 5, 6]

/** Header of the register in the order of the published file. */
export const header: readonly string[] = [
  'Ladeeinrichtungs-ID',
  'Betreiber',
  'Anzeigename (Karte)',
  'Status',
  'Art der Ladeeinrichtung',
  'Anzahl Ladepunkte',
  'Nennleistung Ladeeinrichtung [kW]',
  'Inbetriebnahmedatum',
  'Straße',
  'Hausnummer',
  'Adresszusatz',
  'Postleitzahl',
  'Ort',
  'Kreis/kreisfreie Stadt',
  'Bundesland',
  'Breitengrad',
  'Längengrad',
  'Standortbezeichnung',
  'Informationen zum Parkraum',
  'Bezahlsysteme',
  'Öffnungszeiten',
  'Öffnungszeiten: Wochentage',
  'Öffnungszeiten: Tageszeiten',
  ...slots.flatMap((slot) => [
    `Steckertypen${slot}`,
    `Nennleistung Stecker${slot}`,
    `EVSE-ID${slot}`,
    `Public Key${slot}`,
  ]),
]

/** A row of the register (Bundesnetzagentur.de, CC BY 4.0): one charge point of Design Offices, 10115 Berlin. */
const design: Readonly<Record<string, string>> = {
  [columns.id]: '1112348',
  [columns.operator]: 'Design Offices GmbH (Köln)',
  [columns.status]: 'In Betrieb',
  'Art der Ladeeinrichtung': 'Normalladeeinrichtung',
  [columns.chargePointCount]: '1',
  [columns.facilityPower]: '11',
  Inbetriebnahmedatum: '25.07.2022',
  [columns.street]: 'Gartenstraße',
  [columns.houseNumber]: '87',
  [columns.postalCode]: '10115',
  [columns.city]: 'Berlin',
  [columns.district]: 'Kreisfreie Stadt Berlin',
  [columns.state]: 'Berlin',
  [columns.latitude]: '52,53271',
  [columns.longitude]: '13,388311',
  [columns.payment]: 'Onlinezahlungsverfahren;RFID-Karte',
  [columns.opening]: 'Keine Angabe',
  Steckertypen1: 'AC Typ 2 Steckdose',
  'Nennleistung Stecker1': '11',
}

const quote = (cell: string): string => (/[";\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** A CSV line of that row with some cells replaced. */
export const registerLine = (cells: Readonly<Record<string, string>> = {}): string =>
  header.map((name) => quote(cells[name] ?? design[name] ?? '')).join(';')

/** A register file with these lines. */
export const registerFile = (...lines: readonly string[]): string =>
  `\uFEFF${[header.join(';'), ...lines].join('\n')}\n`

/** The text in chunks of that many characters. */
export async function* chunksOf(text: string, size = 997): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size)
}

export const importOptions: BnetzaImportOptions = {
  party: { countryCode: 'DE', partyId: 'IWC' },
  now: '2026-05-01T00:00:00Z',
}

/** Imports rows given as replaced cells. */
export const importRows = (
  rows: readonly Readonly<Record<string, string>>[],
  options: Partial<BnetzaImportOptions> = {},
): Promise<BnetzaImport> =>
  importBnetza(chunksOf(registerFile(...rows.map(registerLine))), { ...importOptions, ...options })
