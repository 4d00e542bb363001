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
  /** Name of the order by this column that the node knows; others are sorted here, when all rows are. */
  readonly sort?: string
  /** Is in exports and not in the table. */
  readonly isExportOnly?: true
}

interface DataTableProps<Row> {
  /** What the table holds, for those who do not see it. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowId: (row: Row) => string
  /** How the node sorts, where it does. */
  readonly sorting?: NodeSorting
  /** More rows exist than are shown: what the node does not sort cannot be sorted then. */
  readonly isPart?: boolean
}

/** The order in which the node gives rows, and how to ask for another. */
export interface NodeSorting {
  /** Name of the order; empty for that of creation. */
  readonly sort: string
  readonly order: 'asc' | 'desc'
  readonly onSort: (sort: string) => void
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric },
})

const ARROWS = { asc: '↑', desc: '↓' } as const
const ORDERS = { asc: 'ascending', desc: 'descending' } as const

interface HeadingProps {
  readonly title: string
  readonly sorted: false | 'asc' | 'desc'
  readonly isNumber: boolean
  /** Undefined where it cannot be sorted. */
  readonly onSort: (() => void) | undefined
}

const Heading = ({ title, sorted, isNumber, onSort }: HeadingProps) => (
  <th
    scope="col"
    {...(onSort === undefined ? {} : { 'aria-sort': sorted === false ? 'none' : ORDERS[sorted] })}
    className={isNumber ? 'number' : ''}
  >
    {onSort === undefined ? (
      title
    ) : (
      <button type="button" className="sort-button" onClick={onSort}>
        {title}
        <span aria-hidden="true">{sorted === false ? '' : ARROWS[sorted]}</span>
      </button>
    )}
  </th>
)

/**
 * A table whose headings sort it: by the node where that knows the order, here where all rows are; else a heading is just one. On narrow
 * screens each row is a card.
 */
export const DataTable = <Row extends object>(props: DataTableProps<Row>) => {
  const { label, columns: all, rows, rowId, sorting, isPart = false } = props
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
              const column = columns.find(({ id }) => id === header.column.id)
              const byNode = column?.sort !== undefined && sorting !== undefined
              const isAsked = byNode && sorting.sort === column.sort
              return (
                <Heading
                  key={header.id}
                  title={column?.title ?? ''}
                  isNumber={column?.numeric === true}
                  sorted={byNode ? isAsked && sorting.order : header.column.getIsSorted()}
                  onSort={
                    byNode
                      ? () => {
                          table.resetSorting()
                          sorting.onSort(column.sort ?? '')
                        }
                      : isPart
                        ? undefined
                        : () => header.column.toggleSorting()
                  }
                />
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
