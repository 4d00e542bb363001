import { type NewReport, type ReportKind, reportKinds } from '../../api/reports.js'

/** What a report is about, besides its kind. */
export type AboutWhat = Pick<NewReport, 'station' | 'evse_uid' | 'charge_id'>

/** What an address says a report is about: `station=DE/CPO/LOC1`, `evse=UID`, `charge=ID`. What is not understood is left out. */
export const aboutWhat = (search: URLSearchParams): AboutWhat => {
  const [country_code = '', party_id = '', ...rest] = (search.get('station') ?? '').split('/')
  const location_id = rest.join('/')
  const [evse_uid, charge_id] = [search.get('evse'), search.get('charge')]
  const known = country_code !== '' && party_id !== '' && location_id !== ''
  return {
    ...(known ? { station: { country_code, party_id, location_id } } : {}),
    ...(known && evse_uid ? { evse_uid } : {}),
    ...(charge_id ? { charge_id } : {}),
  }
}

/** The kind that an address suggests; undefined where it names none. */
export const kindOf = (search: URLSearchParams): ReportKind | undefined =>
  reportKinds.find((kind) => kind === search.get('kind'))
