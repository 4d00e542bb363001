import type { Language } from '@interwatt/pricing'
import { sameParty } from '@interwatt/protocol'
import type { Driver } from '@interwatt/store'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { knownZone, zoneOfCountry } from '../../drivers/receipts/formats.js'
import { receiptPdf } from '../../drivers/receipts/receipt-pdf.js'
import type { Recipient } from '../../drivers/receipts/receipt-service.js'
import { statementCsv } from '../../drivers/receipts/statement-csv.js'
import { statementPdf } from '../../drivers/receipts/statement-pdf.js'
import { linkOf } from '../../drivers/stations/document-parts.js'
import { ProblemError, problem, unwrap } from '../../operator/problem.js'
import { line, object } from '../../operator/wire-schemas.js'
import { driverOf } from '../admission.js'
import { byId, monthsSchema, receiptSchema, statementSchema } from '../charge-schemas.js'
import type { Charging } from '../charging.js'
import type { DriverApiDeps } from '../deps.js'
import { lang, languageFor } from '../language.js'

interface Asked {
  Querystring: { readonly lang?: Language; readonly time_zone?: string }
}
interface ById extends Asked {
  Params: { readonly id: string }
}
interface ByMonth extends Asked {
  Params: { readonly month: string }
}

const query = object({
  lang,
  time_zone: line(
    64,
    'IANA name of the zone months are counted in; that of the country of the provider when left out',
  ),
})

const byMonth = object({ month: { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$' } }, ['month'])

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Receipts'], summary, querystring: query, ...extra },
})

const MEDIA = { pdf: 'application/pdf', csv: 'text/csv; charset=utf-8' } as const

const asFile = (reply: FastifyReply, kind: keyof typeof MEDIA, name: string, content: Buffer | string) =>
  reply
    .type(MEDIA[kind])
    .header('content-disposition', `inline; filename="${name.replace(/[^\w.-]/g, '_')}.${kind}"`)
    .send(content)

/** Names of files are texts of partners, and not too long. */
const fileName = (prefix: string, number: string): string => `${prefix}-${number}`.slice(0, 80)

const sellerOf = ({ core }: DriverApiDeps, { party, contractId }: Driver) => {
  const hosted = core.directory.hosted().find((one) => sameParty(one.party, party))
  return {
    name: hosted?.businessDetails.name ?? `${party.countryCode}*${party.partyId}`,
    website: linkOf(hosted?.businessDetails.website),
    contract_id: contractId,
  }
}

const zoneFor = (asked: string | undefined, { party }: Driver): string => {
  if (asked === undefined) return zoneOfCountry(party.countryCode)
  const known = knownZone(asked)
  if (known === undefined)
    throw new ProblemError(problem(400, 'time_zone is no time zone that is known here.'))
  return known
}

const recipientOf = (deps: DriverApiDeps, request: FastifyRequest<Asked>): Recipient => {
  const driver = driverOf(request)
  return {
    driver,
    seller: sellerOf(deps, driver),
    language: languageFor(request, request.query.lang),
    timeZone: zoneFor(request.query.time_zone, driver),
  }
}

const single = (scope: FastifyInstance, deps: DriverApiDeps, { receipts }: Charging): void => {
  scope.get<ById>(
    '/charges/:id/receipt',
    schema('getReceipt', 'The receipt of a charge: its total is that of the CDR', {
      params: byId,
      response: { 200: receiptSchema },
    }),
    async (request) => unwrap(await receipts.receipt(recipientOf(deps, request), request.params.id)),
  )
  scope.get<ById>(
    '/charges/:id/receipt.pdf',
    schema('getReceiptPdf', 'The receipt as a PDF of one page', {
      params: byId,
      produces: ['application/pdf'],
    }),
    async (request, reply) => {
      const to = recipientOf(deps, request)
      const receipt = unwrap(await receipts.receipt(to, request.params.id))
      return asFile(reply, 'pdf', fileName('receipt', receipt.number), await receiptPdf(receipt, to.language))
    },
  )
}

const monthly = (scope: FastifyInstance, deps: DriverApiDeps, { receipts }: Charging): void => {
  scope.get<Asked>(
    '/statements',
    schema('listStatements', 'Months in which charges ended, with what they came to', {
      response: { 200: monthsSchema },
    }),
    async (request) => {
      const to = recipientOf(deps, request)
      return { time_zone: to.timeZone, items: await receipts.months(to) }
    },
  )
  scope.get<ByMonth>(
    '/statements/:month',
    schema('getStatement', 'What was charged in a month, and what it came to', {
      params: byMonth,
      response: { 200: statementSchema },
    }),
    async (request) => receipts.statement(recipientOf(deps, request), request.params.month),
  )
  scope.get<ByMonth>(
    '/statements/:month(^\\d{4}-\\d{2}).pdf',
    schema('getStatementPdf', 'The statement of a month as a PDF', {
      params: byMonth,
      produces: ['application/pdf'],
    }),
    async (request, reply) => {
      const to = recipientOf(deps, request)
      const statement = await receipts.statement(to, request.params.month)
      return asFile(
        reply,
        'pdf',
        fileName('statement', statement.month),
        await statementPdf(statement, to.language),
      )
    },
  )
  scope.get<ByMonth>(
    '/statements/:month(^\\d{4}-\\d{2}).csv',
    schema('getStatementCsv', 'The statement of a month as CSV', { params: byMonth, produces: ['text/csv'] }),
    async (request, reply) => {
      const statement = await receipts.statement(recipientOf(deps, request), request.params.month)
      return asFile(reply, 'csv', fileName('statement', statement.month), statementCsv(statement))
    },
  )
}

/** Receipts and monthly statements of who is signed in. */
export const receiptRoutes = (scope: FastifyInstance, deps: DriverApiDeps, charging: Charging): void => {
  single(scope, deps, charging)
  monthly(scope, deps, charging)
}
