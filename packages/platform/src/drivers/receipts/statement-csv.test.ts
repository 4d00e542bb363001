import { expect, it } from 'vitest'
import { statementCsv } from './statement-csv.js'
import type { StatementView } from './statement-view.js'

const money = (amount: string) => ({ amount, currency: 'EUR' })

const statement = (station: string, total = '10.71'): StatementView => ({
  ...{ month: '2026-03', charges: 1, energy_kwh: '20', time_zone: 'UTC', totals: [] },
  seller: { name: 'S', website: null, contract_id: 'C' },
  items: [
    {
      ...{
        number: 'CDR-1',
        kind: 'receipt',
        means: 'app',
        operator: 'O',
        station,
        address: null,
        city: 'Berlin',
      },
      ...{
        started_at: '2026-03-01T10:00:00Z',
        ended_at: '2026-03-01T11:00:00Z',
        evse_id: null,
        energy_kwh: '20',
      },
      ...{
        before_taxes: money('9.00'),
        taxes: [{ name: 'VAT', percentage: 19, amount: money('1.71') }],
        total: money(total),
      },
    },
  ],
})

const stationIn = (csv: string): string | undefined => /O,(.*),,Berlin/.exec(csv)?.[1]

it('has a line for each CDR, with exact amounts', () => {
  const [head, row] = statementCsv(statement('Depot')).split('\r\n')
  expect(head).toContain('number,kind,means,started_at')
  expect(row).toBe(
    'CDR-1,receipt,app,2026-03-01T10:00:00Z,2026-03-01T11:00:00Z,O,Depot,,Berlin,,20,EUR,9.00,1.71,10.71',
  )
})

it('quotes what would be taken for another column or line', () => {
  expect(stationIn(statementCsv(statement('A, "B"')))).toBe('"A, ""B"""')
})

it.each(['=1+1', '+1', '@cmd', '-cmd'])('keeps %s from being a formula', (name) => {
  expect(stationIn(statementCsv(statement(name)))).toBe(`'${name}`)
})

it('leaves a credit the number that it is', () => {
  expect(statementCsv(statement('Depot', '-10.71'))).toContain(',-10.71\r\n')
})
