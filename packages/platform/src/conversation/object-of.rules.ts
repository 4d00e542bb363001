import { foldCase, isJsonObject, type JsonObject, type PartyId } from '@interwatt/protocol'
import type { MessageObject } from '@interwatt/store'

/** What is known of a message when its object is looked for. */
export interface Concerned {
  /** Module, or null where the address names none. */
  readonly module: string | null
  readonly side: string | null
  readonly operation: string
  readonly params: Readonly<Record<string, string>>
  /** Body of the request, parsed. */
  readonly body: unknown
  /** Whom the message is for, by its headers. */
  readonly to: PartyId | undefined
  /** Both ends of a connection of one party each; the receiving end is the one that got the request. */
  readonly ends: { readonly sender: PartyId; readonly receiver: PartyId } | undefined
}

/** Path parameters that name an object, the most special first. */
const BY_PARAM = [
  ['location_id', 'location'],
  ['tariff_id', 'tariff'],
  ['token_uid', 'token'],
  ['session_id', 'session'],
  ['cdr_id', 'cdr'],
  ['terminal_id', 'terminal'],
  ['confirmation_id', 'financial_advice_confirmation'],
  ['record_id', 'invoice_reconciliation_record'],
  ['booking_location_id', 'booking_location'],
  ['booking_id', 'booking'],
] as const

/** What a POST to a module makes, by the field that holds its id. */
const BY_BODY: Readonly<Record<string, readonly (readonly [field: string, kind: string])[]>> = {
  cdrs: [['id', 'cdr']],
  payments: [
    ['terminal_id', 'terminal'],
    ['id', 'financial_advice_confirmation'],
  ],
  invoicereconciliation: [['id', 'invoice_reconciliation_record']],
  bookings: [['booking_location_id', 'booking_location']],
}

/** Modules whose requests name their object in the body only. */
export const namesInBody = (module: string | null): boolean =>
  module === 'commands' || (module !== null && Object.hasOwn(BY_BODY, module))

const textOf = (from: JsonObject | undefined, name: string): string | undefined => {
  const value = from?.[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The EVSE where one is named, else the location. */
const place = (location: string, evse: string | undefined): Pick<MessageObject, 'kind' | 'id'> =>
  evse === undefined ? { kind: 'location', id: location } : { kind: 'evse', id: `${location}/${evse}` }

const byParams = (params: Concerned['params']): Pick<MessageObject, 'kind' | 'id'> | undefined => {
  for (const [name, kind] of BY_PARAM) {
    const id = params[name]
    if (id === undefined) continue
    return kind === 'location' ? place(id, params.evse_uid) : { kind, id }
  }
  return undefined
}

const byCommand = (body: JsonObject | undefined): Pick<MessageObject, 'kind' | 'id'> | undefined => {
  const session = textOf(body, 'session_id')
  if (session !== undefined) return { kind: 'session', id: session }
  const location = textOf(body, 'location_id')
  return location === undefined ? undefined : place(location, textOf(body, 'evse_uid'))
}

const byBody = (
  module: string,
  body: JsonObject | undefined,
): Pick<MessageObject, 'kind' | 'id'> | undefined => {
  for (const [field, kind] of BY_BODY[module] ?? []) {
    const id = textOf(body, field)
    if (id !== undefined) return { kind, id }
  }
  return undefined
}

/** Whose object it is: the address says it, or the body, or it is one end's of a connection between one party each. */
const ownerOf = (
  { params, module, side, to, ends }: Concerned,
  body: JsonObject | undefined,
): PartyId | undefined => {
  const country = params.country_code ?? textOf(body, 'country_code')
  const party = params.party_id ?? textOf(body, 'party_id')
  if (country !== undefined && party !== undefined) return { countryCode: country, partyId: party }
  // Who gets a command or a charging profile owns what it is about.
  const isOrder = module === 'commands' || module === 'chargingprofiles'
  if (isOrder) return side === 'RECEIVER' ? (to ?? ends?.receiver) : undefined
  return side === 'RECEIVER' ? ends?.sender : ends?.receiver
}

/** The object a message is about, undefined where that cannot be told: lists, credentials, results of commands. */
export const objectOf = (concerned: Concerned): MessageObject | undefined => {
  const { module, params } = concerned
  if (module === null) return undefined
  const body = isJsonObject(concerned.body) ? concerned.body : undefined
  if (module === 'hubclientinfo' && params.country_code !== undefined) {
    const [country, party] = [foldCase(params.country_code), foldCase(params.party_id ?? '')]
    return { kind: 'client_info', countryCode: country, partyId: party, id: party }
  }
  const named = byParams(params) ?? (module === 'commands' ? byCommand(body) : byBody(module, body))
  if (named === undefined) return undefined
  const owner = ownerOf(concerned, body)
  return {
    kind: named.kind,
    countryCode: owner === undefined ? null : foldCase(owner.countryCode),
    partyId: owner === undefined ? null : foldCase(owner.partyId),
    id: foldCase(named.id),
  }
}
