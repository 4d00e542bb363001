import type { ClientPartner, OcpiClient } from '@interwatt/client'
import { lower } from '@interwatt/protocol'
import type { Command, CommandStore, Partner } from '@interwatt/store'
import type { Directory } from '../directory/partner-directory.js'
import { partnerHosts } from '../directory/partner-hosts.js'
import { type CommandService, problem, type Result } from '../services.js'
import { COMMAND_RESULTS, type CommandResult } from './command.rules.js'

export interface FinishDeps {
  readonly commands: CommandStore
  readonly directory: Directory
  readonly client: OcpiClient
  readonly now: () => number
  openPartner(partner: Partner): ClientPartner | undefined
  onUpdated(command: Command): Promise<void>
}

/** Pauses before the quick repeats of a result that did not arrive, in ms (CMD-038). */
const REPEAT_AFTER_MS = [0, 500, 2000] as const

const pause = (delayMs: number): Promise<void> => new Promise((done) => setTimeout(done, delayMs).unref())

/** POSTs the bare CommandResult to the `response_url` as it was given (CMD-007, CMD-008, CMD-010). */
const postResult = async (
  deps: FinishDeps,
  command: Command,
  result: CommandResult,
  message: unknown,
): Promise<boolean> => {
  const partner = await deps.directory.partner(command.partnerId)
  const open = partner && deps.openPartner(partner)
  if (!partner || !open || command.responseUrl === null) return false
  const lowered = lower(
    'command_result',
    open.version,
    { result, ...(message === null || message === undefined ? {} : { message }) },
    'whole',
  )
  if (lowered.kind === 'withheld') return false
  const to = command.partnerParty ?? partner.roles.find((role) => role.role === 'EMSP')?.party
  for (const delayMs of REPEAT_AFTER_MS) {
    if (delayMs > 0) await pause(delayMs)
    const outcome = await deps.client.post(open, command.responseUrl, lowered.document, {
      version: open.version,
      correlationId: command.correlationId,
      timeoutMs: 5000,
      allowedHosts: partnerHosts(partner),
      ...(command.party ? { from: command.party } : {}),
      ...(to ? { to } : {}),
    })
    if (outcome.kind === 'ok') return true
    if (outcome.kind !== 'outage') return false
  }
  return false
}

const isResult = (text: string): text is CommandResult => COMMAND_RESULTS.some((result) => result === text)

/** The back end's result of a command we received: stored first, then told to the partner. */
export const createFinish =
  (deps: FinishDeps): CommandService['finish'] =>
  async (id, { result, message }): Promise<Result<Command>> => {
    if (!isResult(result))
      return problem(400, 'Unknown result', `result takes one of ${COMMAND_RESULTS.join(', ')}.`)
    const command = await deps.commands.get(id)
    if (command?.direction !== 'received')
      return problem(404, 'No such command', `There is no received command ${id}.`)
    const cancels = result === 'CANCELED_RESERVATION' && command.type === 'RESERVE_NOW'
    const from: Command['state'][] = cancels ? ['ACCEPTED', 'DONE'] : ['ACCEPTED']
    const finishedAt = new Date(deps.now()).toISOString()
    const finished = await deps.commands.update(id, from, {
      state: 'DONE',
      result,
      message: message ?? null,
      finishedAt,
    })
    if (!finished)
      return problem(
        409,
        `The command is ${command.state}`,
        `It was finished at ${command.finishedAt ?? 'an unknown time'}.`,
      )
    await postResult(deps, finished, result, message ?? null)
    await deps.onUpdated(finished)
    return { kind: 'done', value: finished }
  }

/** How long before the advertised end a TIMEOUT leaves, so that it arrives in time (CMD-046). */
const TIMEOUT_MARGIN_MS = 2000

/**
 * Ends commands whose time is up: TIMEOUT to the partner for received ones, `TIMEOUT` on our side for sent ones (CMD-035, CMD-069).
 * `background` gets what tells partners and the feed: one that does not answer makes no other late (CMD-046).
 */
export const expireCommands = async (
  deps: FinishDeps,
  background: (work: Promise<unknown>) => void,
): Promise<void> => {
  const nowMs = deps.now()
  const due = await deps.commands.overdue(new Date(nowMs + TIMEOUT_MARGIN_MS).toISOString(), 200)
  for (const command of due) {
    if (command.direction === 'sent' && Date.parse(command.deadline ?? '') > nowMs) continue
    const result = command.direction === 'received' ? { result: 'TIMEOUT' } : {}
    const finishedAt = new Date(nowMs).toISOString()
    const ended = await deps.commands.update(command.id, ['PENDING', 'ACCEPTED'], {
      state: 'TIMEOUT',
      finishedAt,
      ...result,
    })
    if (!ended) continue
    if (command.direction === 'received') background(postResult(deps, ended, 'TIMEOUT', null))
    background(deps.onUpdated(ended))
  }
}
