import { isJsonObject, type JsonObject } from '@interwatt/protocol'
import { randomStream } from '../world/random.js'
import type { SiteEvse } from '../world/site.js'
import type { CpoContext } from './cpo-context.js'
import type { CdrToken } from './documents.js'
import { textAt } from './json.js'
import type { Misbehaviour } from './misbehaviour.js'
import { path } from './operator-api.js'

/** A command that a partner sent and this back end is to execute. */
export interface ReceivedCommand {
  readonly id: string
  readonly type: string
  readonly partnerId: string
  readonly request: JsonObject
}

/** Reads the data of a `command.received` event; undefined for anything that is not to be executed. */
export const readCommand = (data: unknown): ReceivedCommand | undefined => {
  if (!isJsonObject(data) || data.direction !== 'received' || data.state !== 'ACCEPTED') return undefined
  const id = textAt(data, 'id')
  const type = textAt(data, 'type')
  const partnerId = textAt(data, 'partner_id') ?? textAt(data, 'partnerId') ?? ''
  if (id === undefined || type === undefined || !isJsonObject(data.request)) return undefined
  return { id, type, partnerId, request: data.request }
}

/** The token of a START_SESSION or RESERVE_NOW as Session and CDR carry it. */
export const cdrTokenOf = (token: unknown): CdrToken | undefined => {
  const country_code = textAt(token, 'country_code')
  const party_id = textAt(token, 'party_id')
  const uid = textAt(token, 'uid')
  const type = textAt(token, 'type')
  const contract_id = textAt(token, 'contract_id')
  return country_code === undefined ||
    party_id === undefined ||
    uid === undefined ||
    type === undefined ||
    contract_id === undefined
    ? undefined
    : { country_code, party_id, uid, type, contract_id }
}

export interface StartRequest {
  readonly token: CdrToken
  readonly site: SiteEvse
  readonly connectorId: string | undefined
  readonly authorizationReference: string | undefined
}

export interface ReserveRequest extends StartRequest {
  readonly command: ReceivedCommand
  readonly reservationId: string
  /** Virtual minutes that it lasts for drivers of this world. */
  readonly minutes: number
  /** Its expiry_date, real epoch milliseconds, for people from outside. */
  readonly expiresMs: number
}

/** What the charging stations can be told to do; each answers with a CommandResultType. */
export interface Charger {
  /** An EVSE of the location that could take this token; the named one, or any. */
  evseFor(locationId: string, evseUid: string | undefined, token: CdrToken): SiteEvse | undefined
  start(request: StartRequest): string
  stop(sessionId: string): string
  reserve(request: ReserveRequest): string
  cancel(partnerId: string, reservationId: string): string
  unlock(site: SiteEvse): string
  /** Uid of the token a command comes from: the one it names, or that of its session. */
  holderOf(request: JsonObject): string | undefined
}

/** What is reported of a command: a CommandResultType, with the operator's words where there are some. */
export interface Report {
  readonly result: string
  readonly message?: string
}

/** How the charger behaves for one command. */
export type Fate = 'prompt' | 'late' | 'silent' | 'fails'

/** The fate of the n-th command of a kind at one EVSE; the same for the same seed. */
export const fateOf = (context: CpoContext, subject: string, type: string, number: number): Fate => {
  const { commandSilent, commandFailure, commandLate } = context.rates
  const roll = randomStream(context.seed, 'command', subject, type, number).next()
  if (roll < commandSilent) return 'silent'
  if (roll < commandSilent + commandFailure) return 'fails'
  return roll < commandSilent + commandFailure + commandLate ? 'late' : 'prompt'
}

const LONGEST_RESERVATION_MINUTES = 24 * 60

/** A reservation lasts as many virtual minutes as real ones lie before its expiry_date. */
const minutesUntil = (expiryDate: string | undefined, nowMs: number): number => {
  const minutes = Math.ceil((Date.parse(expiryDate ?? '') - nowMs) / 60_000)
  return Number.isNaN(minutes) ? 0 : Math.min(minutes, LONGEST_RESERVATION_MINUTES)
}

const startRequest = (charger: Charger, request: JsonObject): StartRequest | string => {
  const token = cdrTokenOf(request.token)
  if (token === undefined) return 'REJECTED'
  const site = charger.evseFor(textAt(request, 'location_id') ?? '', textAt(request, 'evse_uid'), token)
  if (site === undefined) return textAt(request, 'evse_uid') === undefined ? 'EVSE_OCCUPIED' : 'REJECTED'
  return {
    token,
    site,
    connectorId: textAt(request, 'connector_id'),
    authorizationReference: textAt(request, 'authorization_reference'),
  }
}

const execute = (context: CpoContext, charger: Charger, command: ReceivedCommand): string => {
  const { request, type } = command
  if (type === 'STOP_SESSION') return charger.stop(textAt(request, 'session_id') ?? '')
  if (type === 'CANCEL_RESERVATION')
    return charger.cancel(command.partnerId, textAt(request, 'reservation_id') ?? '')
  if (type === 'UNLOCK_CONNECTOR') {
    const site = context.site.findByIds(
      textAt(request, 'location_id') ?? '',
      textAt(request, 'evse_uid') ?? '',
    )
    return site === undefined ? 'REJECTED' : charger.unlock(site)
  }
  const start = startRequest(charger, request)
  if (typeof start === 'string') return start
  if (type === 'START_SESSION') return charger.start(start)
  if (type !== 'RESERVE_NOW') return 'NOT_SUPPORTED'
  const minutes = minutesUntil(textAt(request, 'expiry_date'), context.clock.realMs())
  const reservationId = textAt(request, 'reservation_id')
  if (reservationId === undefined || minutes < 1) return 'REJECTED'
  const expiresMs = context.clock.realMs() + minutes * 60_000
  const statedMs = Date.parse(textAt(request, 'expiry_date') ?? '')
  return charger.reserve({
    ...{ ...start, command, reservationId, minutes },
    expiresMs: Math.min(expiresMs, statedMs),
  })
}

const subjectOf = (request: JsonObject): string =>
  textAt(request, 'evse_uid') ??
  textAt(request, 'session_id')?.replace(/^ses-[^-]*-/, '') ??
  textAt(request, 'location_id') ??
  'reservation'

/** What is to go wrong with a start at the EVSE it names. */
const misbehaviourOf = (
  context: CpoContext,
  { type, request }: ReceivedCommand,
): Misbehaviour | undefined => {
  const uid = textAt(request, 'evse_uid')
  if (uid === undefined || type === 'UNLOCK_CONNECTOR') return undefined
  const site = context.site.findByIds(textAt(request, 'location_id') ?? '', uid)
  return site === undefined ? undefined : context.misbehaviourAt(site)
}

/** Executes received commands once each and reports their results. */
export const createCommandDesk = (context: CpoContext, charger: Charger) => {
  const seen = new Set<string>()
  const counts = new Map<string, number>()

  /** Reports a result; also used for a CANCELED_RESERVATION long afterwards. */
  const report = async (commandId: string, { result, message: text }: Report): Promise<void> => {
    const message = text === undefined ? {} : { message: [{ language: 'en', text }] }
    const answer = await context.api.call('POST', `${path('commands', commandId, 'result')}`, {
      result,
      ...message,
    })
    if (answer.kind !== 'ok' && !context.signal.aborted)
      context.tell({ type: 'trouble', door: 'cpo', doing: `result of ${commandId}`, reason: answer.reason })
  }

  const handle = async (command: ReceivedCommand): Promise<void> => {
    if (seen.has(command.id)) return
    seen.add(command.id)
    const subject = subjectOf(command.request)
    const number = (counts.get(`${subject}/${command.type}`) ?? 0) + 1
    counts.set(`${subject}/${command.type}`, number)
    const wrong = misbehaviourOf(context, command)
    const holder = charger.holderOf(command.request)
    const spared = wrong !== undefined || (holder !== undefined && context.isLucky(holder))
    const fate = spared ? 'prompt' : fateOf(context, subject, command.type, number)
    const told = { type: 'command.answered', command: command.type, id: command.id } as const
    if (fate === 'silent' || wrong?.silent === 'idle')
      return context.tell({ ...told, result: 'none', fate: 'silent' })
    const { result, message } = wrong?.answers ?? {
      result: fate === 'fails' ? 'FAILED' : execute(context, charger, command),
    }
    if (wrong?.silent === 'acts') return context.tell({ ...told, result: 'none', fate: 'silent' })
    if (fate === 'late') await context.clock.sleepRealMs(context.rates.lateMs, context.signal)
    context.tell({ ...told, result, fate: fate === 'late' ? 'late' : 'prompt' })
    await report(command.id, message === undefined ? { result } : { result, message })
  }
  return { handle, report }
}
