import type { StatementItem, StatementView } from './statement-view.js'

const COLUMNS = [
  'number',
  'kind',
  'means',
  'started_at',
  'ended_at',
  'operator',
  'station',
  'address',
  'city',
  'evse_id',
  'energy_kwh',
  'currency',
  'before_taxes',
  'taxes',
  'total',
] as const

/** What a spreadsheet would take for a formula begins with an apostrophe; names come from partners. */
const cell = (value: string | null): string => {
  const text = value ?? ''
  const safe = /^[=+@\t\r]|^-(?![\d.]+$)/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const rowOf = ({
  taxes,
  before_taxes,
  total,
  ...item
}: StatementItem): Readonly<Record<string, string | null>> => ({
  ...item,
  currency: total.currency,
  before_taxes: before_taxes.amount,
  taxes: taxes.map(({ amount }) => amount.amount).join(' '),
  total: total.amount,
})

/** The statement of a month as CSV (RFC 4180): one line for each CDR, amounts as exact decimals, times in UTC. */
export const statementCsv = ({ items }: StatementView): string => {
  const rows = items.map((item) => {
    const row = rowOf(item)
    return COLUMNS.map((column) => cell(row[column] ?? null)).join(',')
  })
  return `${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`
}
