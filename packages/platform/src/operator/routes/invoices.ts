import type { StoredObject } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import { payerOf } from '../../invoices/recipient.rules.js'
import type { InvoiceService } from '../../services.js'
import { instantOf } from '../instants.js'
import { type ObjectAddress, objectKeyOf } from '../object-keys.js'
import { partyFrom } from '../party-text.js'
import { found, ProblemError, problem } from '../problem.js'
import { cursor, DEFAULT_LIMIT, dateTime, limit, object, objectParams } from '../wire-schemas.js'

const TAGS = ['InvoiceReconciliationRecords']

interface ListUninvoiced {
  Querystring: { from: string; to: string; party?: string; cursor?: string; limit?: number }
}

const DAY_MS = 86_400_000
/** Longest period of one report. */
const MOST_DAYS = 366

const uninvoicedQuery = object(
  {
    from: { ...dateTime, description: 'CDRs that ended at or after' },
    to: { ...dateTime, description: 'CDRs that ended before; at most 366 days after from' },
    party: {
      type: 'string',
      pattern: '^[A-Za-z]{2}[*-]?[A-Za-z0-9]{3}$',
      description: 'Only CDRs of this party, such as DE*IWC: who charged or who pays',
    },
    cursor,
    limit,
  },
  ['from', 'to'],
)

const periodOf = (query: ListUninvoiced['Querystring']): { from: string; to: string } => {
  const [from, to] = [instantOf('from', query.from), instantOf('to', query.to)]
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS
  if (days <= 0) throw new ProblemError(problem(400, 'to is not after from.'))
  if (days > MOST_DAYS)
    throw new ProblemError(
      problem(400, `A report covers ${MOST_DAYS} days at most; ask for shorter periods.`),
    )
  return { from, to }
}

/** The cursor is the sequence number of the last CDR seen. */
const afterOf = (text: string | undefined): { after?: number } => {
  if (text === undefined) return {}
  if (/^\d{1,15}$/.test(text)) return { after: Number(text) }
  throw new ProblemError(problem(400, 'cursor is not the next of a page.'))
}

const viewUninvoiced = (cdr: StoredObject): Readonly<Record<string, unknown>> => {
  const { key, document, receivedFrom } = cdr
  const payer = payerOf(cdr)
  const { id, end_date_time, currency, total_cost, invoice_reference_id = null } = document
  return {
    country_code: key.countryCode,
    party_id: key.partyId,
    id,
    end_date_time,
    payer: payer === undefined ? null : { country_code: payer.countryCode, party_id: payer.partyId },
    currency,
    total_cost,
    invoice_reference_id,
    received_from: receivedFrom,
  }
}

/** Invoice records against the CDRs and the other records known here. */
export const invoiceRoutes = (scope: FastifyInstance, invoices: InvoiceService): void => {
  scope.get<{ Params: ObjectAddress }>(
    '/invoice-reconciliation-records/:country_code/:party_id/:id/reconciliation',
    {
      schema: {
        operationId: 'getReconciliation',
        tags: TAGS,
        summary: 'Sums of the listed CDRs, and which are missing here or listed in other records too',
        params: objectParams('id'),
      },
    },
    async ({ params }) =>
      found(
        await invoices.reconciliation(objectKeyOf('invoice_reconciliation_record', params)),
        'The record',
      ),
  )
  scope.get<ListUninvoiced>(
    '/uninvoiced-cdrs',
    {
      schema: {
        operationId: 'listUninvoicedCdrs',
        tags: TAGS,
        summary: 'CDRs of a period that no invoice record between their two parties lists',
        querystring: uninvoicedQuery,
        response: {
          200: object(
            {
              items: { type: 'array', items: {} },
              totals: { type: 'array', items: {} },
              next: { type: ['string', 'null'] },
            },
            ['items', 'next'],
          ),
        },
      },
    },
    async ({ query }) => {
      const most = query.limit ?? DEFAULT_LIMIT
      const { items, totals } = await invoices.uninvoiced({
        ...periodOf(query),
        ...(query.party === undefined ? {} : { party: partyFrom(query.party) }),
        ...afterOf(query.cursor),
        limit: most,
      })
      const last = items.at(-1)
      const next = items.length < most || last === undefined ? null : String(last.createdSeq)
      return { items: items.map(viewUninvoiced), ...(totals === undefined ? {} : { totals }), next }
    },
  )
}
