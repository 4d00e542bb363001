import type { VersionId } from '@interwatt/protocol'

/** A party of the demonstration. */
export interface DemoParty {
  readonly role: 'CPO' | 'EMSP' | 'PTP'
  readonly countryCode: string
  readonly partyId: string
  readonly name: string
  /** Names its folder and its database. */
  readonly key: string
}

/** An eMSP of the demonstration. */
export interface DemoEmsp extends DemoParty {
  /** The version it registers in; the newest common one when undefined. */
  readonly version: VersionId | undefined
  /** Whether prices reach it with their taxes; 2.1.1 has amounts without VAT alone. */
  readonly taxes: boolean
  /** Whether its app offers reservations; tariffs of 2.1.1 cannot say what they cost. */
  readonly reservations: boolean
}

/** Runs the charging stations of the Berlin extract. */
export const cpoParty: DemoParty = {
  role: 'CPO',
  countryCode: 'DE',
  partyId: 'IWC',
  name: 'Interwatt Charging',
  key: 'cpo',
}

/** Has the drivers and their cards. */
export const emspParty: DemoEmsp = {
  role: 'EMSP',
  countryCode: 'NL',
  partyId: 'IWM',
  name: 'Interwatt Mobility',
  key: 'emsp',
  version: undefined,
  taxes: true,
  reservations: true,
}

/** Has the payment terminal, and what is captured from cards. */
export const ptpParty: DemoParty = {
  role: 'PTP',
  countryCode: 'AT',
  partyId: 'IWP',
  name: 'Interwatt Payments',
  key: 'ptp',
}

/** One eMSP for each version, the newest first. */
export const emspOfEachVersion: readonly [DemoEmsp, ...DemoEmsp[]] = [
  { ...emspParty, version: '2.3.0' },
  {
    role: 'EMSP',
    countryCode: 'FR',
    partyId: 'IWF',
    name: 'Interwatt France',
    key: 'emsp-221',
    version: '2.2.1',
    taxes: true,
    reservations: true,
  },
  {
    role: 'EMSP',
    countryCode: 'SE',
    partyId: 'IWS',
    name: 'Interwatt Sverige',
    key: 'emsp-211',
    version: '2.1.1',
    taxes: false,
    reservations: false,
  },
]

/** A party as OCPI names it, such as `NL*IWM`. */
export const labelOf = ({ countryCode, partyId }: Pick<DemoParty, 'countryCode' | 'partyId'>): string =>
  `${countryCode}*${partyId}`
