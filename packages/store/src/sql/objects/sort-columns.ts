import type { PageQuery } from '../../ports/objects.js'

type Sorted = 'session' | 'cdr'

/** Expressions that indexes of `0088-sorted-lists` hold, on the alias `l`, with the type of their values. */
const EXPRESSIONS: Readonly<
  Record<Sorted, Readonly<Record<string, readonly [expression: string, type: string]>>>
> = {
  session: {
    start: [`coalesce(l.document ->> 'start_date_time', '') collate "C"`, 'text'],
    energy: [`document_number(l.document -> 'kwh')`, 'numeric'],
  },
  cdr: {
    end: [`coalesce(l.document ->> 'end_date_time', '') collate "C"`, 'text'],
    energy: [`document_number(l.document -> 'total_energy')`, 'numeric'],
    total: [`document_number(l.document -> 'total_cost' -> 'before_taxes')`, 'numeric'],
  },
}

/** What a page is sorted by before `created_seq`; undefined when by that alone. */
export const sortColumn = ({
  kind,
  sort,
}: PageQuery): readonly [expression: string, type: string] | undefined =>
  sort !== undefined && (kind === 'session' || kind === 'cdr') ? EXPRESSIONS[kind][sort] : undefined
