import { CHECK_CODES } from '@interwatt/pricing'
import { canonicalVersion, type VersionId } from '@interwatt/protocol'
import { type PageItem, type PageQuery, SORTS, type Sort } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import type { CdrCheckService } from '../../cdr-checks/port.js'
import type { ObjectService } from '../../services.js'
import { viewCheckSummary } from '../cdr-check-views.js'
import { instantOf } from '../instants.js'
import { partyFrom } from '../party-text.js'
import { ProblemError, problem } from '../problem.js'
import type { Listed } from '../resources.js'
import { cursor, DEFAULT_LIMIT, dateTime, limit, line, object, version } from '../wire-schemas.js'
import { REVIEW_STATES } from './cdr-checks.js'

interface ListQuery {
  limit?: number
  cursor?: string
  version?: VersionId
  party?: string
  date_from?: string
  date_to?: string
  received_from?: string
  own?: boolean
  facts?: boolean
  order?: 'oldest' | 'newest'
  outcome?: string
  state?: string
  finding?: string
  sort?: Sort
  without_cdr?: boolean
  [filter: string]: unknown
}

/** Filters by what the check of a CDR found; other lists have none. */
const checkFilters = (resource: Listed) =>
  resource.kind === 'cdr'
    ? {
        outcome: {
          type: 'string',
          enum: ['agrees', 'differs', 'unpriced'],
          description: 'Outcome of the check',
        },
        state: { type: 'string', enum: [...REVIEW_STATES], description: 'What was decided about it' },
        finding: {
          type: 'string',
          enum: Object.keys(CHECK_CODES),
          description: 'Code of a finding of the check',
        },
      }
    : {}

const checkOf = (resource: Listed, { outcome, state, finding }: ListQuery): Pick<PageQuery, 'check'> =>
  resource.kind !== 'cdr' || (outcome ?? state ?? finding) === undefined
    ? {}
    : {
        check: {
          ...(outcome === undefined ? {} : { outcome }),
          ...(state === undefined ? {} : { state }),
          ...(finding === undefined ? {} : { finding }),
        },
      }

/** Orders of a list besides that of creation; most lists have none. */
const sortsOf = ({ kind }: Listed): readonly Sort[] =>
  kind === 'session' || kind === 'cdr' ? SORTS[kind] : []

const sortSchema = (resource: Listed) => {
  const sorts = sortsOf(resource)
  return sorts.length === 0
    ? {}
    : {
        sort: {
          type: 'string',
          enum: [...sorts],
          description: 'Sorted by this instead of by creation, the greatest first with order newest',
        },
      }
}

const sessionFilters = ({ kind }: Listed) =>
  kind === 'session'
    ? { without_cdr: { type: 'boolean', description: 'true: only completed sessions that have no CDR' } }
    : {}

const querySchema = (resource: Listed) =>
  object({
    limit,
    cursor,
    version,
    party: {
      type: 'string',
      pattern: '^[A-Za-z]{2}[*-]?[A-Za-z0-9]{3}$',
      description: 'Owner, such as DE*IWC',
    },
    date_from: { ...dateTime, description: 'last_updated at or after' },
    date_to: { ...dateTime, description: 'last_updated before' },
    received_from: line(100, 'Id of the partner it came from'),
    own: { type: 'boolean', description: 'true: only own objects' },
    facts: {
      type: 'boolean',
      description:
        'true: adds `facts`, one per item: received_from and version_in, of a CDR also what its check found',
    },
    order: {
      type: 'string',
      enum: ['oldest', 'newest'],
      default: 'oldest',
      description:
        'Which come first, by when they were created here; a cursor needs the order it was given out for',
    },
    ...sortSchema(resource),
    ...sessionFilters(resource),
    ...checkFilters(resource),
    ...Object.fromEntries(resource.filters.map((name) => [name, line(255, `Equal to ${name}`)])),
  })

const sourceOf = (query: ListQuery): { receivedFrom?: string | null } => {
  if (query.own === true && query.received_from !== undefined) {
    throw new ProblemError(problem(400, 'own and received_from exclude each other.'))
  }
  if (query.own === true) return { receivedFrom: null }
  return query.received_from === undefined ? {} : { receivedFrom: query.received_from }
}

const whereOf = (resource: Listed, query: ListQuery): { where?: Record<string, string> } => {
  const filters = resource.filters.flatMap((name) => {
    const value = query[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  return filters.length === 0 ? {} : { where: Object.fromEntries(filters) }
}

const pageQueryOf = (resource: Listed, query: ListQuery): PageQuery => ({
  kind: resource.kind,
  limit: query.limit ?? DEFAULT_LIMIT,
  ...(query.cursor === undefined ? {} : { after: query.cursor }),
  ...(query.party === undefined ? {} : { owners: [partyFrom(query.party)] }),
  ...(query.date_from === undefined ? {} : { dateFrom: instantOf('date_from', query.date_from) }),
  ...(query.date_to === undefined ? {} : { dateTo: instantOf('date_to', query.date_to) }),
  ...(query.order === 'newest' ? { newestFirst: true } : {}),
  ...(query.sort === undefined ? {} : { sort: query.sort }),
  ...(query.without_cdr === true ? { withoutCdr: true } : {}),
  ...sourceOf(query),
  ...checkOf(resource, query),
  ...whereOf(resource, query),
})

const nextLink = (base: string, url: string, next: string): string => {
  const address = new URL(url, base)
  address.searchParams.set('cursor', next)
  return `<${base}${address.pathname}${address.search}>; rel="next"`
}

/** `{items, total, next}` as text: the documents come from the database as they are. */
const pageText = (page: {
  texts: readonly string[]
  total: number
  next: string | undefined
  facts?: unknown
}): string => {
  const facts = page.facts === undefined ? '' : `,"facts":${JSON.stringify(page.facts)}`
  return `{"items":[${page.texts.join(',')}],"total":${page.total},"next":${JSON.stringify(page.next ?? null)}${facts}}`
}

type ListDeps = {
  readonly objects: ObjectService
  readonly checks: Pick<CdrCheckService, 'summaries'>
  readonly publicUrl: string
}

/** What stands beside the items of a page. */
const factsOf = async (
  resource: Listed,
  items: readonly PageItem[],
  checks: ListDeps['checks'],
): Promise<readonly object[]> => {
  const found = resource.kind === 'cdr' ? await checks.summaries(items.map(({ key }) => key)) : undefined
  return items.map(({ receivedFrom, versionIn }, index) => ({
    received_from: receivedFrom,
    version_in: versionIn,
    ...(found === undefined ? {} : { check: viewCheckSummary(found[index]) }),
  }))
}

/** The list of a collection: own and received objects, filtered and paged. */
export const objectListRoutes = (scope: FastifyInstance, resource: Listed, deps: ListDeps): void => {
  scope.get<{ Querystring: ListQuery }>(
    `/${resource.path}`,
    {
      schema: {
        operationId: `list${resource.tag.replace(' ', '')}`,
        tags: [resource.tag],
        summary: 'Everything known, own and received, oldest first unless `order` says newest',
        querystring: querySchema(resource),
        'x-answer-items': resource.document,
      },
    },
    async (request, reply) => {
      const { query } = request
      const { page, texts } = await deps.objects.page(
        pageQueryOf(resource, query),
        query.version ?? canonicalVersion.id,
      )
      if (page.next !== undefined) reply.header('link', nextLink(deps.publicUrl, request.url, page.next))
      const facts = query.facts === true ? await factsOf(resource, page.items, deps.checks) : undefined
      const text = pageText({ texts, total: page.total, next: page.next, facts })
      return reply.type('application/json; charset=utf-8').send(text)
    },
  )
}
