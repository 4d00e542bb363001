import { textAt } from '../../api/fields.js'
import type { Message } from '../../api/messages.js'
import type { Command } from '../../api/node.js'
import type { CdrCheck } from '../../api/prices.js'
import type { Doc } from '../../api/reading.js'
import { type StepId, stepIds } from './texts/steps.js'

/** A command with all messages of its correlation, in the order they began. */
export interface ToldCommand {
  readonly command: Command
  readonly messages: readonly Message[]
}

/** All that is known of one charge. Lists of messages are in the order they began. */
export interface TourSources {
  /** Null while a command has not led to one yet. */
  readonly session: Doc | null
  readonly commands: readonly ToldCommand[]
  readonly sessionMessages: readonly Message[]
  /** About its charging bay, around the time of the charge. */
  readonly evseMessages: readonly Message[]
  /** About its token, until it began. */
  readonly tokenMessages: readonly Message[]
  readonly cdrMessages: readonly Message[]
  /** Null while there is no CDR or no check. */
  readonly cdr: Doc | null
  readonly check: CdrCheck | null
}

/** A step of the tour: `here` with what was said, `awaited` while it is still to come, `absent` where there is none. */
export interface TourStep {
  readonly id: StepId
  readonly state: 'here' | 'awaited' | 'absent'
  readonly messages: readonly Message[]
}

const OVER = ['COMPLETED', 'INVALID']
const ENDED = ['DONE', 'REFUSED', 'TIMEOUT', 'FAILED']

/** Whether a message changes an object, and was not in vain. */
const tells = ({ method, outcome }: Message): boolean => method !== 'GET' && outcome === 'ok'

/** Whether a message brings the result of a command. */
export const isResult = ({ operation }: Message): boolean =>
  operation === 'result' || operation === 'commands.sender.result'

/** What was said of the token last: a question about it, else that it exists. */
const tokenStep = (messages: readonly Message[]): readonly Message[] => {
  const asked = messages.filter(({ operation }) => operation === 'tokens.sender.authorize')
  const pushed = messages.filter(
    (message) => message.operation.startsWith('tokens.receiver.') && tells(message),
  )
  const last = [...pushed.slice(-1), ...asked.slice(-1)]
  return last.toReversed()
}

interface Facts {
  readonly sources: TourSources
  readonly isOver: boolean
  readonly isInvalid: boolean
  readonly start: ToldCommand | undefined
  readonly told: readonly Message[]
}

const factsOf = (sources: TourSources): Facts => {
  const status = textAt(sources.session, 'status')
  return {
    sources,
    isOver: OVER.includes(status),
    isInvalid: status === 'INVALID',
    start: sources.commands.find(({ command }) => command.type === 'START_SESSION'),
    told: sources.sessionMessages
      .filter(({ operation }) => operation.startsWith('sessions.receiver.'))
      .filter(tells),
  }
}

type Found = Omit<TourStep, 'id'>

const found = (messages: readonly Message[], otherwise: 'awaited' | 'absent'): Found => ({
  state: messages.length > 0 ? 'here' : otherwise,
  messages,
})

/** How each step is found in what is known. */
const FINDS: Readonly<Record<StepId, (facts: Facts) => Found>> = {
  token: ({ sources }) => found(tokenStep(sources.tokenMessages), 'absent'),
  command: ({ start }) =>
    found(
      (start?.messages ?? []).filter((message) => !isResult(message)),
      'absent',
    ),
  result: ({ start }) => {
    const ended = start === undefined || ENDED.includes(start.command.state)
    return found((start?.messages ?? []).filter(isResult), ended ? 'absent' : 'awaited')
  },
  begin: ({ told, sources }) => found(told.slice(0, 1), sources.session === null ? 'awaited' : 'absent'),
  status: ({ sources, isOver }) =>
    found(
      sources.evseMessages
        .filter((message) => message.operation.startsWith('locations.receiver.') && tells(message))
        .slice(0, 1),
      isOver ? 'absent' : 'awaited',
    ),
  updates: ({ told, isOver }) => found(told.slice(1, isOver ? -1 : undefined), isOver ? 'absent' : 'awaited'),
  stop: ({ told, sources, isOver }) => {
    if (!isOver) return found([], 'awaited')
    const asked = sources.commands.find(({ command }) => command.type === 'STOP_SESSION')
    return found([...(told.length > 1 ? told.slice(-1) : []), ...(asked?.messages ?? [])], 'absent')
  },
  cdr: ({ sources, isInvalid }) => found(sources.cdrMessages.filter(tells), isInvalid ? 'absent' : 'awaited'),
  price: ({ sources, isInvalid }) => ({
    state: sources.check?.outcome != null ? 'here' : isInvalid ? 'absent' : 'awaited',
    messages: [],
  }),
}

/** The steps of a charge, each with what was said in it. */
export const tourOf = (sources: TourSources): readonly TourStep[] => {
  const facts = factsOf(sources)
  return stepIds.map((id) => ({ id, ...FINDS[id](facts) }))
}

/** Whether something is still to come. */
export const isRunning = (steps: readonly TourStep[]): boolean =>
  steps.some(({ state }) => state === 'awaited')
