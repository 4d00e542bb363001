import type { Statement } from '../../database/index.js'
import type { PageQuery } from '../../ports/objects.js'
import { evsesOfLocation } from './object-columns.js'
import { type DateStrategy, Params, pageConditions } from './page-filter.js'
import { sortColumn } from './sort-columns.js'

export interface PageSlice {
  /** Only rows beyond this sequence number in the order of the query; undefined for the first page. */
  readonly after: { readonly seq: number; readonly value?: string } | undefined
  readonly limit: number
  readonly strategy: DateStrategy
}

const columns = `l.kind, l.country_code, l.party_id, l.id, l.version_in, l.unmapped, l.received_from, l.created_seq,
    l.sort_value::text as sort_value`

/**
 * The text of a location takes the later time of its EVSEs; their documents come as one text beside it, and those that are not
 * kept as the location is by themselves.
 */
const locationText = `
  select ${columns}, v.texts as evses, v.apart,
    (case
      when v.latest > l.last_updated then d.document || jsonb_build_object(
        'last_updated', to_char(v.latest at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      else d.document
    end)::text as text
  from picked l
  left join lateral (
    select string_agg(e.document::text, ',' order by e.created_seq) filter (where e.deleted_at is null) as texts,
      json_agg(json_build_object('id', e.id, 'versionIn', e.version_in, 'unmapped', e.unmapped)) filter (
        where e.deleted_at is null and (e.unmapped is not null or e.version_in <> l.version_in)) as apart,
      max(e.last_updated) as latest
    from objects e where ${evsesOfLocation('e', 'l')}
  ) v on true
  cross join lateral (
    select case when v.texts is not null and l.document ? 'evses' then l.document - 'evses' else l.document end
  ) d (document)`

const otherText = `
  select ${columns}, null as evses, null as apart, l.document::text as text from picked l`

interface Beyond {
  readonly beyond: '<' | '>'
  readonly sorted: ReturnType<typeof sortColumn>
  readonly params: Params
}

const beyondOf = (
  { seq, value }: NonNullable<PageSlice['after']>,
  { beyond, sorted, params }: Beyond,
): string => {
  if (sorted === undefined) return `l.created_seq ${beyond} ${params.add(seq)}`
  const [expression, type] = sorted
  return `(${expression}, l.created_seq) ${beyond} (${params.add(value ?? '')}::${type}, ${params.add(seq)}::bigint)`
}

/** One page in order of creation, or as it is sorted, documents as text. Without a name: planned for its values. */
export const selectPage = (
  query: PageQuery,
  { after, limit, strategy }: PageSlice,
): { statement: Statement; params: readonly unknown[] } => {
  const params = new Params()
  const conditions = pageConditions(query, params, strategy)
  const offset = query.after === undefined && query.offset !== undefined ? query.offset : 0
  const order = query.newestFirst === true ? 'desc' : 'asc'
  const beyond = query.newestFirst === true ? '<' : '>'
  const sorted = sortColumn(query)
  const position = after === undefined ? '' : `and ${beyondOf(after, { beyond, sorted, params })}`
  const text = `
with picked as materialized (
  select l.*, ${sorted?.[0] ?? 'null'} as sort_value from objects l
  where ${conditions}
    ${position}
  order by ${sorted === undefined ? '' : `${sorted[0]} ${order}, `}l.created_seq ${order}
  limit ${params.add(limit)} offset ${params.add(offset)}
)${query.kind === 'location' ? locationText : otherText}
  order by ${sorted === undefined ? '' : `l.sort_value ${order}, `}l.created_seq ${order}`
  return { statement: { text }, params: params.values }
}
