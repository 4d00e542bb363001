import { setImmediate } from 'node:timers/promises'
import {
  guessTariffVersion,
  type LintedTariff,
  lintCounts,
  lintOneOf,
  type RehearsalPlan,
  RULE_PACK_IDS,
  type RulePackId,
  readTariff,
  type TariffToLint,
} from '@interwatt/pricing'
import type { JsonSchema, VersionId } from '@interwatt/protocol'
import type { FastifyInstance } from 'fastify'
import type { PriceService } from '../../prices/price-service.js'
import { type ObjectAddress, objectKeyOf } from '../object-keys.js'
import { lintFinding, timeZone, timeZoneOption } from '../price-schemas.js'
import { ProblemError, problem, unwrap } from '../problem.js'
import { inside } from '../sent-documents.js'
import { snakeCased } from '../snake-case.js'
import { anyVersion, document, object, objectParams } from '../wire-schemas.js'

interface Context {
  readonly max_power_kw?: number
  readonly country?: string
}

interface WireLint extends Context {
  readonly tariff?: unknown
  readonly tariffs?: readonly unknown[]
  readonly version?: VersionId
  readonly packs?: readonly RulePackId[]
  readonly rehearse?: { readonly old?: unknown }
  readonly time_zone?: string
}

interface StoredLint {
  Params: ObjectAddress
  Querystring: Context & { readonly pack?: readonly RulePackId[] }
}

const MOST_TARIFFS = 50
const MOST_KW = 100_000

const packs: JsonSchema = {
  type: 'array',
  items: { type: 'string', enum: [...RULE_PACK_IDS] },
  maxItems: RULE_PACK_IDS.length,
  description: 'Laws to hold it against',
}
const context = {
  max_power_kw: {
    type: 'number',
    exclusiveMinimum: 0,
    maximum: MOST_KW,
    description: 'Of the strongest connector it applies to; some laws ask',
  },
  country: { type: 'string', pattern: '^[A-Za-z]{2}$', description: 'Of the stations, ISO 3166-1 alpha-2' },
} as const

const lintBody = object({
  tariff: { ...document, description: 'Of any version; either this or `tariffs`' },
  tariffs: {
    type: 'array',
    items: document,
    minItems: 1,
    maxItems: MOST_TARIFFS,
    description: 'Tariffs that belong together, of one version',
  },
  version: { ...anyVersion, description: 'OCPI version; else the oldest that has all their fields' },
  packs,
  ...context,
  rehearse: {
    ...object({ old: { ...document, description: 'What it replaces, of any version' } }),
    description: 'Adds what typical sessions cost',
  },
  time_zone: {
    ...timeZone,
    description: 'IANA name, of the sessions of the rehearsal; Europe/Berlin when left out',
  },
})

const lintAnswer = object({
  version: anyVersion,
  guessed: { type: 'boolean', description: 'Whether the version was told by the fields' },
  errors: { type: 'integer' },
  warnings: { type: 'integer' },
  hints: { type: 'integer' },
  tariffs: {
    type: 'array',
    items: object({
      pointer: { type: 'string' },
      id: { type: ['string', 'null'] },
      findings: { type: 'array', items: lintFinding },
      rehearsal: { type: 'object', additionalProperties: true },
    }),
  },
})

const storedAnswer = object({
  country_code: { type: 'string' },
  party_id: { type: 'string' },
  id: { type: 'string' },
  version: anyVersion,
  errors: { type: 'integer' },
  warnings: { type: 'integer' },
  hints: { type: 'integer' },
  findings: { type: 'array', items: lintFinding },
})

const contextOf = ({ max_power_kw, country }: Context, nowMs: number, asked: readonly RulePackId[] = []) => ({
  nowMs,
  packs: asked,
  ...(max_power_kw === undefined ? {} : { maxPowerKw: max_power_kw }),
  ...(country === undefined ? {} : { country: country.toUpperCase() }),
})

const rehearsalOf = ({ rehearse, time_zone }: WireLint): RehearsalPlan | undefined => {
  const zone = timeZoneOption(time_zone)
  if (rehearse === undefined) return undefined
  if (rehearse.old === undefined) return zone
  const read = readTariff(rehearse.old)
  if (read.ok) return { ...zone, old: { version: read.version, tariffs: [read.value] } }
  const findings = inside('/rehearse/old', read.findings)
  throw new ProblemError(problem(422, `The old tariff cannot be read as OCPI ${read.version}.`, { findings }))
}

const lint = async (body: WireLint, nowMs: number) => {
  const { tariff, tariffs } = body
  if ((tariff === undefined) === (tariffs === undefined))
    throw new ProblemError(problem(400, 'Name either tariff or tariffs.'))
  const values = tariffs ?? [tariff]
  const version = body.version ?? guessTariffVersion(values)
  const rehearsal = rehearsalOf(body)
  const read = values.map((value, index): TariffToLint => {
    const one = readTariff(value, version)
    const pointer = tariffs === undefined ? '/tariff' : `/tariffs/${index}`
    return { pointer, tariff: one.ok ? one.value : undefined, findings: one.findings }
  })
  const known = { ...contextOf(body, nowMs, body.packs), version }
  const linted: LintedTariff[] = []
  for (const one of read) {
    linted.push(lintOneOf(read, one, known, rehearsal))
    // Other work of the node goes on in between.
    await setImmediate()
  }
  return {
    version,
    guessed: body.version === undefined,
    ...lintCounts(linted),
    tariffs: linted.map(snakeCased),
  }
}

/** What is wrong or surprising in tariffs, those that are sent along and those that are known. */
export const lintRoutes = (scope: FastifyInstance, prices: PriceService, now: () => number): void => {
  scope.post<{ Body: WireLint }>(
    '/lint',
    {
      schema: {
        operationId: 'lintTariffs',
        tags: ['Prices'],
        summary: 'What is wrong or surprising in tariffs that are sent along, and what typical sessions cost',
        body: lintBody,
        response: { 200: lintAnswer },
      },
    },
    async ({ body }) => lint(body, now()),
  )
  scope.get<StoredLint>(
    '/tariffs/:country_code/:party_id/:id/lint',
    {
      schema: {
        operationId: 'lintTariff',
        tags: ['Tariffs'],
        summary: 'What is wrong or surprising in a tariff, own or received',
        params: objectParams('id'),
        querystring: object({ pack: packs, ...context }),
        response: { 200: storedAnswer },
      },
    },
    async ({ params, query }) => {
      const { tariff, version } = unwrap(await prices.tariff(objectKeyOf('tariff', params)))
      const one = { pointer: '', tariff, findings: [] }
      const linted = lintOneOf([one], one, { ...contextOf(query, now(), query.pack), version })
      const { country_code, party_id, id } = tariff
      return { country_code, party_id, id, version, ...lintCounts([linted]), findings: linted.findings }
    },
  )
}
