import { Text } from '@mantine/core'
import { Link } from 'wouter'
import { textAt } from '../../api/fields.js'
import type { PriceLine, SessionCost } from '../../api/prices.js'
import type { Doc } from '../../api/reading.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { moneyOf } from '../../parts/money.js'
import { pageOf } from './object-link.js'

const NAMES: Readonly<Record<string, string>> = {
  ENERGY: 'Energy',
  TIME: 'Charging time',
  PARKING_TIME: 'Parking time',
  FLAT: 'Fee',
  MIN_PRICE: 'Up to the least price',
  MAX_PRICE: 'Down to the highest price',
  ROUNDING: 'Rounding',
}
const UNITS: Readonly<Record<string, string>> = { ENERGY: 'kWh', TIME: 'h', PARKING_TIME: 'h', FLAT: '×' }

const nameOf = ({ type, family }: { readonly type: string; readonly family: string | null }): string =>
  `${NAMES[type] ?? type}${family === null || family === 'charging' ? '' : ` (${family.replaceAll('_', ' ')})`}`

const quantity = (value: number | null, type: string): string =>
  value === null ? '' : `${value} ${UNITS[type] ?? ''}`.trim()

interface Priced {
  readonly currency: string | null
  readonly lines: readonly PriceLine[]
  readonly free: SessionCost['free']
}

/** The tariff a line comes from, with the place of its component. */
const Component = ({ line, owner }: { readonly line: PriceLine; readonly owner: Doc }) => {
  if (line.tariff_id === null || line.pointer === null) return null
  return (
    <span>
      <Link href={`${pageOf('tariffs', { ...owner, id: line.tariff_id })}?tab=prices`}>{line.tariff_id}</Link>{' '}
      <Text span size="xs" c="dimmed">
        {line.pointer}
      </Text>
    </span>
  )
}

const columnsOf = (currency: string | null, owner: Doc): readonly Column<PriceLine>[] => [
  { id: 'what', title: 'For', value: nameOf },
  {
    id: 'measured',
    title: 'Measured',
    numeric: true,
    value: ({ measured, type }) => quantity(measured, type),
  },
  {
    id: 'billed',
    title: 'Billed',
    numeric: true,
    value: ({ billed, type }) => quantity(billed, type),
  },
  { id: 'price', title: 'Price', numeric: true, value: ({ price }) => price ?? '' },
  { id: 'tax', title: 'Tax', numeric: true, value: ({ vat }) => (vat === null ? '' : `${vat} %`) },
  {
    id: 'net',
    title: 'Before taxes',
    numeric: true,
    value: ({ before_taxes }) => moneyOf(before_taxes, currency),
  },
  {
    id: 'gross',
    title: 'After taxes',
    numeric: true,
    value: ({ after_taxes }) => moneyOf(after_taxes, currency),
  },
  {
    id: 'component',
    title: 'Component',
    value: ({ tariff_id, pointer }) => `${tariff_id ?? ''} ${pointer ?? ''}`.trim(),
    cell: (line) => <Component line={line} owner={owner} />,
  },
]

/** A price line by line, and what was free. `owner` is whose tariffs it names. */
export const PriceTable = ({ priced, owner }: { readonly priced: Priced; readonly owner: Doc }) => {
  const { currency, lines, free } = priced
  const of = { country_code: textAt(owner, 'country_code'), party_id: textAt(owner, 'party_id') }
  const numbered = new Map(lines.map((line, index) => [line, String(index)]))
  return (
    <>
      {lines.length === 0 ? (
        <Text size="sm">Nothing that was measured costs anything.</Text>
      ) : (
        <DataTable
          label="Price line by line"
          columns={columnsOf(currency, of)}
          rows={lines}
          rowId={(line) => numbered.get(line) ?? ''}
        />
      )}
      {free.length > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          Free, since no element of the tariff prices it:{' '}
          {free
            .map(({ type, family, measured }) => `${nameOf({ type, family })} ${quantity(measured, type)}`)
            .join(', ')}
          .
        </Text>
      )}
    </>
  )
}
