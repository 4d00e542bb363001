import type { Note } from './row-report.js'

/** Country, operator, `E`, outlet, with or without `*` between them; `-` is not of this form. */
const EVSE_ID = /^[A-Za-z]{2}\*?[A-Za-z0-9]{3}\*?[Ee][A-Za-z0-9][A-Za-z0-9*]{0,30}$/

/** Key for comparing two ids: separators and case carry no meaning (trap T-19). */
export const evseIdKey = (evseId: string): string => evseId.replaceAll('*', '').toUpperCase()

/** True when the text has the form of an EVSE id. */
export const isEvseId = (text: string): boolean => EVSE_ID.test(text)

/** The id of a charge point as written, or undefined after reporting why it is left out. */
export function readEvseId(column: string, cell: string, note: Note): string | undefined {
  const ids = cell.split(/[\s;,]+/u).filter((part) => part !== '')
  const [id] = ids
  if (id === undefined) return undefined
  if (ids.length > 1) {
    note('evse_id_ambiguous', column, cell, `left out: ${ids.length} texts for one charge point`)
    return undefined
  }
  if (!isEvseId(id)) {
    note('evse_id_malformed', column, cell, 'left out: not the form of an EVSE id')
    return undefined
  }
  return id
}
