/** A party of the demonstration. */
export interface DemoParty {
  readonly role: 'CPO' | 'EMSP'
  readonly countryCode: string
  readonly partyId: string
  readonly name: string
}

/** Runs the charging stations of the Berlin extract. */
export const cpoParty: DemoParty = {
  role: 'CPO',
  countryCode: 'DE',
  partyId: 'IWC',
  name: 'Interwatt Charging',
}

/** Has the drivers and their cards. */
export const emspParty: DemoParty = {
  role: 'EMSP',
  countryCode: 'NL',
  partyId: 'IWM',
  name: 'Interwatt Mobility',
}
