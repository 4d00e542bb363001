/** Columns of the register that the import reads, by the name in the header. */
export const columns = {
  id: 'Ladeeinrichtungs-ID',
  operator: 'Betreiber',
  displayName: 'Anzeigename (Karte)',
  status: 'Status',
  chargePointCount: 'Anzahl Ladepunkte',
  facilityPower: 'Nennleistung Ladeeinrichtung [kW]',
  street: 'Straße',
  houseNumber: 'Hausnummer',
  addressNote: 'Adresszusatz',
  postalCode: 'Postleitzahl',
  city: 'Ort',
  district: 'Kreis/kreisfreie Stadt',
  state: 'Bundesland',
  latitude: 'Breitengrad',
  longitude: 'Längengrad',
  siteName: 'Standortbezeichnung',
  parkingNote: 'Informationen zum Parkraum',
  payment: 'Bezahlsysteme',
  opening: 'Öffnungszeiten',
  openingDays: 'Öffnungszeiten: Wochentage',
  openingTimes: 'Öffnungszeiten: Tageszeiten',
} as const

/** The four columns of one charge point; the register numbers charge points from 1. */
export const slotColumns = (slot: number) =>
  ({
    plugs: `Steckertypen${slot}`,
    power: `Nennleistung Stecker${slot}`,
    evseId: `EVSE-ID${slot}`,
    publicKey: `Public Key${slot}`,
  }) as const

/** Columns every file must have; a missing one is reported once. */
export const knownColumns: readonly string[] = [
  ...Object.values(columns),
  slotColumns(1).plugs,
  slotColumns(1).power,
  slotColumns(1).evseId,
]

/** Highest charge point number a header may have; the register of 2026 has 6. */
export const MAX_SLOTS = 99

/** One row of the register: cells by column name, untouched. */
export interface RegisterRow {
  /** Line of the file on which the row ends, from 1. */
  readonly line: number
  /** Charge points the header has columns for. */
  readonly slots: number
  /** Text of the cell, `''` where the file has no such column. */
  cell(column: string): string
}

/** One line of text: control and format characters become spaces, runs of spaces one, none at the ends (LOC-138). */
export const oneLine = (text: string): string => text.replace(/\p{C}/gu, ' ').replace(/\s+/gu, ' ').trim()
