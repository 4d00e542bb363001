import { Paper } from '@mantine/core'
import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { type ReactNode, useMemo } from 'react'
import type { ExportColumn } from './save-file.js'

/** A column: its plain value sorts and is exported, its cell is what is seen. */
export interface Column<Row> extends ExportColumn<Row> {
  readonly id: string
  readonly cell?: (row: Row) => ReactNode
  readonly numeric?: true
  /** Is in exports and not in the table. */
  readonly isExportOnly?: true
}

interface DataTableProps<Row> {
  /** What the table holds, for those who do not see it. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowId: (row: Row) => string
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric },
})

const ARROWS = { asc: '↑', desc: '↓' } as const
const ORDERS = { asc: 'ascending', desc: 'descending' } as const

/** A table whose headings sort the rows that are shown; on narrow screens each row is a card. */
export const DataTable = <Row extends object>({ label, columns: all, rows, rowId }: DataTableProps<Row>) => {
  const columns = useMemo(() => all.filter(({ isExportOnly }) => isExportOnly !== true), [all])
  const definitions = useMemo(
    () =>
      columns.map(
        (column): ColumnDef<typeof features, Row> => ({
          id: column.id,
          header: column.title,
          accessorFn: (row: Row) => column.value(row),
          sortFn: 'alphanumeric',
        }),
      ),
    [columns],
  )
  const data = useMemo(() => [...rows], [rows])
  const table = useTable({ features, columns: definitions, data, getRowId: rowId })
  return (
    <Paper withBorder bg="var(--console-panel)" className="rows-frame">
      <table className="rows" aria-label={label}>
        <thead>
          <tr>
            {table.getFlatHeaders().map((header) => {
              const sorted = header.column.getIsSorted()
              const column = columns.find(({ id }) => id === header.column.id)
              return (
                <th
                  key={header.id}
                  scope="col"
                  aria-sort={sorted === false ? 'none' : ORDERS[sorted]}
                  className={column?.numeric ? 'number' : ''}
                >
                  <button type="button" className="sort-button" onClick={() => header.column.toggleSorting()}>
                    {column?.title}
                    <span aria-hidden="true">{sorted === false ? '' : ARROWS[sorted]}</span>
                  </button>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {columns.map((column) => (
                <td key={column.id} data-label={column.title} className={column.numeric ? 'number' : ''}>
                  {column.cell?.(row.original) ?? column.value(row.original)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  )
}
