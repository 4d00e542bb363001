/** What a role does, in plain words; roles by the names of OCPI. */
export const roleTexts: Readonly<Record<string, { readonly name: string; readonly does: string }>> = {
  CPO: {
    name: 'Charge point operator',
    does: 'Runs charging stations. It knows every bay, its status and its price, and sends the bill for a charge.',
  },
  EMSP: {
    name: 'E-mobility service provider',
    does: 'Has the customers: drivers with its card or app. It pays the operators and bills the drivers.',
  },
  HUB: { name: 'Hub', does: 'Passes messages on between many parties, so that each connects once.' },
  NSP: { name: 'Navigation service provider', does: 'Shows stations on maps and in cars.' },
  NAP: { name: 'National access point', does: 'Collects the places of all stations of a country.' },
  SCSP: { name: 'Smart charging service provider', does: 'Says when and how fast cars charge.' },
  PTP: { name: 'Payment terminal provider', does: 'Runs the terminals at which people pay by bank card.' },
  OTHER: { name: 'Something else', does: 'A party in a role of its own.' },
}

/** What is exchanged, by module: who tells, and what about. `page` is where this console shows it. */
export const moduleTexts: readonly {
  readonly name: string
  readonly from: string
  readonly what: string
  readonly page: string | null
}[] = [
  {
    name: 'Locations',
    from: 'CPO',
    what: 'Where stations are, and whether a bay is free now.',
    page: '/locations',
  },
  { name: 'Tariffs', from: 'CPO', what: 'What charging costs.', page: '/tariffs' },
  { name: 'Tokens', from: 'eMSP', what: 'Cards and apps that may charge.', page: '/tokens' },
  { name: 'Commands', from: 'eMSP', what: 'Start, stop, reserve, unlock.', page: '/commands' },
  { name: 'Sessions', from: 'CPO', what: 'A charge while it runs.', page: '/sessions' },
  { name: 'CDRs', from: 'CPO', what: 'What is billed.', page: '/cdrs' },
  { name: 'Credentials', from: 'both', what: 'How two platforms get to know each other.', page: '/partners' },
]
