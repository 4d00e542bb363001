import type { JsonSchema } from '@interwatt/protocol'
import { dateTime, line, object, partyParams } from '../operator/wire-schemas.js'
import { type InLanguage, lang } from './language.js'

const text = { type: 'string' } as const
const textOrNull = { type: ['string', 'null'] } as const
const flag = { type: 'boolean' } as const
const wholeOrNull = { type: ['integer', 'null'] } as const
const maybe = (schema: JsonSchema): JsonSchema => ({ ...schema, type: ['object', 'null'] })
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items })

/** Schema of an amount: exact decimal text. */
const moneySchema = object({ amount: text, currency: text })

const MONEY = '^\\d{1,9}(\\.\\d{1,6})?$'
const KWH = '^\\d{1,4}(\\.\\d{1,3})?$'

const lineSchema = object({ text, amount: textOrNull, because: list(text) })

const placeSchema = object({
  ...{ country_code: text, party_id: text, id: textOrNull, name: textOrNull },
  ...{
    address: textOrNull,
    postal_code: textOrNull,
    city: textOrNull,
    operator: text,
    help_phone: textOrNull,
  },
})

const evseSchema = maybe(object({ uid: text, evse_id: textOrNull, physical_reference: textOrNull }))
const keySchema = maybe(object({ country_code: text, party_id: text, id: text }))

const states = [
  ...['asked', 'accepted', 'waiting_for_cable', 'charging', 'paused', 'stopping'],
  ...['ended', 'receipt', 'refused', 'failed', 'timed_out'],
]

/** Schema of a charge. */
export const chargeSchema = object({
  id: text,
  means: { type: 'string', enum: ['app', 'card'] },
  state: { type: 'string', enum: states },
  state_text: text,
  reason: maybe(object({ code: text, text, what_to_do: text, operator_says: textOrNull })),
  is_over: { ...flag, description: 'Nothing more is expected while the driver waits' },
  station: placeSchema,
  evse: evseSchema,
  connector: { type: ['object', 'null'] },
  asked_at: textOrNull,
  started_at: { ...textOrNull, description: 'By the clock of the charge point' },
  ended_at: textOrNull,
  duration_s: { ...wholeOrNull, description: 'By the times of the session itself' },
  energy_kwh: { ...textOrNull, description: 'Exact' },
  energy_wh: wholeOrNull,
  power_w: { ...wholeOrNull, description: 'Between the last two readings' },
  power: list(object({ from: text, to: text, w: { type: 'integer' } })),
  cost: maybe(moneySchema),
  cost_includes_tax: flag,
  cost_lines: list(lineSchema),
  cost_text: textOrNull,
  percent: maybe(
    object({ now: { type: 'integer' }, target: { type: ['number', 'null'] }, is_estimate: flag }),
  ),
  wish: { type: ['object', 'null'] },
  quote: { type: ['object', 'null'] },
  preferences: { type: ['object', 'null'] },
  can_stop: flag,
  can_prefer: flag,
  updated_at: text,
  session: keySchema,
  cdr: keySchema,
  receipt: flag,
})

/** Schema of a reservation. */
export const reservationSchema = object({
  id: text,
  state: text,
  state_text: text,
  reason: maybe(object({ code: text, text: textOrNull, operator_says: textOrNull })),
  is_held: flag,
  can_cancel: flag,
  station: object({
    country_code: text,
    party_id: text,
    id: text,
    name: text,
    address: textOrNull,
    city: textOrNull,
  }),
  evse: evseSchema,
  connector_id: textOrNull,
  cost: maybe(object({ total: maybe(moneySchema), texts: list(text) })),
  asked_at: text,
  expires_at: text,
})

const uuid = { type: 'string', format: 'uuid', maxLength: 36 } as const

/** `id` of a path. */
export const byId = object({ id: uuid }, ['id'])

/** A call about one charge or reservation. */
export interface ById extends InLanguage {
  Params: { readonly id: string }
}

const placeFields = {
  ...partyParams,
  location_id: line(36),
  evse_uid: line(36),
  connector_id: line(36),
} as const

const percent = { type: 'integer', minimum: 0, maximum: 100 } as const

const REQUEST_KEY = { type: 'string', pattern: '^[\\w-]{8,64}$' } as const

/** Body of a start. */
export const startBody = object(
  {
    ...placeFields,
    request_id: {
      ...REQUEST_KEY,
      description: 'The same as the header Idempotency-Key, which counts before it',
    },
    vehicle_id: uuid,
    goal: object({
      energy_kwh: { type: 'string', pattern: KWH },
      from_percent: percent,
      to_percent: percent,
    }),
    quote: {
      ...object(
        {
          total: object(
            {
              amount: { type: 'string', pattern: MONEY },
              currency: { type: 'string', pattern: '^[A-Z]{3}$' },
            },
            ['amount', 'currency'],
          ),
          shown_at: dateTime,
          energy_kwh: { type: 'string', pattern: KWH },
          minutes: { type: 'integer', minimum: 0, maximum: 100_000 },
          tariff_id: line(36),
        },
        ['total', 'shown_at'],
      ),
      description: 'The price the driver was shown; the receipt is compared with it',
    },
  },
  ['country_code', 'party_id', 'location_id', 'evse_uid', 'connector_id'],
)

/** Body of a start as it is read. */
export interface WireStart {
  readonly country_code: string
  readonly party_id: string
  readonly location_id: string
  readonly evse_uid: string
  readonly connector_id: string
  readonly request_id?: string
  readonly vehicle_id?: string
  readonly goal?: {
    readonly energy_kwh?: string
    readonly from_percent?: number
    readonly to_percent?: number
  }
  readonly quote?: Readonly<Record<string, unknown>>
}

/** Header that makes a repeated start the same. */
export const startHeaders: JsonSchema = {
  type: 'object',
  properties: {
    'idempotency-key': {
      ...REQUEST_KEY,
      description: 'The same start has the same key: it is not done twice, even when the answer was lost',
    },
  },
}

/** Body of preferences. */
export const preferencesBody = object(
  {
    profile_type: { type: 'string', enum: ['CHEAP', 'FAST', 'GREEN', 'REGULAR'] },
    departure_time: dateTime,
    energy_need_kwh: { type: 'string', pattern: KWH },
    discharge_allowed: flag,
  },
  ['profile_type'],
)

/** Preferences as they are read. */
export interface WirePreferences {
  readonly profile_type: string
  readonly departure_time?: string
  readonly energy_need_kwh?: string
  readonly discharge_allowed?: boolean
}

/** Body of a reservation. */
export const reservationBody = object(
  { ...placeFields, minutes: { type: 'integer', minimum: 5, maximum: 720, default: 30 } },
  ['country_code', 'party_id', 'location_id', 'evse_uid', 'connector_id'],
)

const taxSchema = object({ name: text, percentage: { type: ['number', 'null'] }, amount: moneySchema })

const sellerSchema = object({ name: text, website: textOrNull, contract_id: text })

/** Schema of a receipt. */
export const receiptSchema = object({
  charge_id: text,
  means: text,
  number: text,
  invoice: textOrNull,
  issued_at: text,
  seller: sellerSchema,
  station: placeSchema,
  evse: evseSchema,
  connector: { type: ['object', 'null'] },
  started_at: textOrNull,
  ended_at: textOrNull,
  time_zone: text,
  duration_s: wholeOrNull,
  energy_kwh: textOrNull,
  meter_id: textOrNull,
  total: { ...moneySchema, description: 'Exactly that of the CDR' },
  before_taxes: moneySchema,
  taxes: list(taxSchema),
  lines: { ...list(lineSchema), description: 'They add up to the total' },
  credited: textOrNull,
  check: maybe(object({ outcome: text, text, what_we_do: textOrNull })),
  quote: maybe(
    object({
      ...{ shown: moneySchema, shown_at: text, matches: flag },
      ...{ difference: maybe(moneySchema), text, because: list(text) },
    }),
  ),
  documents: list(
    object({ kind: text, text, number: text, issued_at: text, total: maybe(moneySchema), counts: flag }),
  ),
  signed: { type: ['object', 'null'] },
  remark: textOrNull,
  cdr: keySchema,
})

const totalSchema = object({
  currency: text,
  total: moneySchema,
  before_taxes: moneySchema,
  taxes: list(taxSchema),
})

const monthFields = {
  month: text,
  charges: { type: 'integer' },
  energy_kwh: text,
  totals: list(totalSchema),
} as const

/** Schema of all months. */
export const monthsSchema = object({ time_zone: text, items: list(object(monthFields)) })

/** Schema of a month. */
export const statementSchema = object({
  ...monthFields,
  time_zone: text,
  seller: sellerSchema,
  items: list({ type: 'object' }),
})

/** Query of what a reservation costs. */
export const reservationQuery: JsonSchema = object(
  { ...placeFields, minutes: { type: 'integer', minimum: 5, maximum: 720, default: 30 }, lang },
  ['country_code', 'party_id', 'location_id', 'evse_uid', 'connector_id'],
)

/** Schema of what a reservation costs. */
export const reservationCostSchema = object({
  cost: maybe(object({ total: maybe(moneySchema), texts: list(text) })),
})
