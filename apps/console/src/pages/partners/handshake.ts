import type { Message } from '../../api/messages.js'

/** Steps of a registration as people see them, in their order. */
export const steps = [
  {
    id: 'versions',
    title: 'The list of versions',
    register: 'This node asks which versions the partner speaks, with the token it handed over',
    invite: 'The partner asks which versions this node speaks, with the token it was handed',
  },
  {
    id: 'details',
    title: 'The endpoints',
    register: 'This node asks for the addresses in the newest version that both speak',
    invite: 'The partner asks for the addresses in the version it chose',
  },
  {
    id: 'credentials',
    title: 'The exchange of credentials',
    register: 'This node sends its own data with a new token; the answer brings the token for later',
    invite: 'The partner sends its data with a new token; the answer brings it the token for later',
  },
  {
    id: 'callback',
    title: 'The call back',
    register: 'Before it answers, the partner reads versions and endpoints of this node with that new token',
    invite: 'Before it answers, this node reads versions and endpoints of the partner with that new token',
  },
  {
    id: 'parties',
    title: 'The parties',
    register: 'Each party in a role belongs to one connection only',
    invite: 'Each party in a role belongs to one connection only',
  },
] as const

/** Who asks first: we register with a partner, or it with us. */
export type Way = 'register' | 'invite'
/** One of the steps. */
export type HandshakeStep = (typeof steps)[number]['id']

/** How a handshake stands: under way, done, or failed at a step with a kind, as the API says them. */
export type HandshakeEnd =
  | { readonly kind: 'running' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly step: string; readonly failure: string }

/** How each step stands, and what was said in it. */
export interface StepView {
  readonly id: HandshakeStep
  readonly state: 'done' | 'failed' | 'running' | 'open'
  readonly messages: readonly Message[]
}

/** The direction in which the side that registers asks. */
const FIRST: Readonly<Record<Way, string>> = { register: 'out', invite: 'in' }

/** The step a message belongs to. What this node reads before a version is chosen is told apart by its address: the list comes first. */
const stepOf = (message: Message, way: Way, listPath: string | undefined): HandshakeStep => {
  if (message.direction !== FIRST[way]) return 'callback'
  if (message.module === 'credentials') return 'credentials'
  if (message.operation.startsWith('versions.'))
    return message.operation === 'versions.list' ? 'versions' : 'details'
  return message.path === listPath ? 'versions' : 'details'
}

/** Whether a message belongs to a handshake at all. */
const isHandshake = ({ module }: Pick<Message, 'module'>): boolean =>
  module === 'versions' || module === 'credentials'

/** The step at which it failed: a partner that could not call back says so in its answer to the credentials. */
const failedStep = ({ step, failure }: { readonly step: string; readonly failure: string }): string =>
  failure.startsWith('callback_') ? 'callback' : step

const stateAt = (
  position: number,
  said: readonly (readonly Message[])[],
  end: HandshakeEnd,
): StepView['state'] => {
  if (end.kind === 'done') return 'done'
  if (end.kind === 'failed') {
    const failed = steps.findIndex(({ id }) => id === failedStep(end))
    return position < failed ? 'done' : position === failed ? 'failed' : 'open'
  }
  if (said[position]?.at(-1)?.outcome === 'ok') return 'done'
  const last = said.findLastIndex((messages) => messages.length > 0)
  return position <= last + 1 ? 'running' : 'open'
}

/** The steps of a handshake with their messages, oldest first. */
export const handshakeOf = (
  messages: readonly Message[],
  way: Way,
  end: HandshakeEnd,
): readonly StepView[] => {
  const ordered = messages.filter(isHandshake).toSorted((a, b) => a.id - b.id)
  const listPath = ordered.find(({ direction }) => direction === FIRST[way])?.path
  const said = steps.map(({ id }) => ordered.filter((message) => stepOf(message, way, listPath) === id))
  return steps.map(({ id }, position) => ({
    id,
    state: stateAt(position, said, end),
    messages: said[position] ?? [],
  }))
}

/** What to do about an answer of ours that ended a partner's registration, by its OCPI status code, with the rule that decides. */
const ANSWERS: Readonly<Record<number, { readonly rule: string; readonly remedy: string }>> = {
  2000: {
    rule: 'CRD-027',
    remedy:
      'The connection does not stand as the partner thinks. Make a new invitation, or let it register anew.',
  },
  2001: {
    rule: 'CRD-001',
    remedy:
      'What the partner sent is not valid, or claims a party that belongs to another connection. The answer names it.',
  },
  3001: {
    rule: 'CRD-032',
    remedy:
      'This node could not read the partner’s versions. The address in its credentials has to be its versions list, reachable from here, with the token it sent.',
  },
  3002: {
    rule: 'CRD-033',
    remedy: 'The partner called a version that is not in its own list. It has to list it.',
  },
  3003: {
    rule: 'CRD-031',
    remedy: 'The partner has to list its endpoints, credentials and modules, for this version.',
  },
}

/** Why a partner’s attempt to register ended, by the newest answer of this node to it; undefined while none says no. */
export const refusedAttempt = (
  messages: readonly Message[],
): { readonly message: Message; readonly rule: string; readonly remedy: string } | undefined => {
  const newest = messages
    .filter(({ direction, module }) => direction === 'in' && module === 'credentials')
    .toSorted((a, b) => b.id - a.id)[0]
  if (newest === undefined || newest.outcome === 'ok') return undefined
  const known = ANSWERS[newest.status_code ?? 0]
  return {
    message: newest,
    rule: known?.rule ?? '',
    remedy: known?.remedy ?? 'The answer says why; it is in the message.',
  }
}
