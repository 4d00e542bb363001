import type { KeptHeaders, Message, MessageFacts, MessageGap, MessageObject } from '@interwatt/store'
import type { RecordingState } from '../conversation/recorder.js'
import type { Replayed } from '../conversation/replay.js'
import type { SessionStory } from '../conversation/story/session-story.js'
import type { StoryObject, StoryStep } from '../conversation/story/story.rules.js'

type View = { readonly [field: string]: unknown }

const viewObject = ({ kind, countryCode, partyId, id }: MessageObject | StoryObject): View => ({
  kind,
  country_code: countryCode,
  party_id: partyId,
  id,
})

/** A message without its bodies. */
export const viewFacts = (message: MessageFacts): View => ({
  id: message.id,
  at: message.at,
  direction: message.direction,
  partner_id: message.partnerId,
  partner_name: message.partnerName,
  method: message.method,
  origin: message.origin,
  path: message.path,
  version: message.version,
  module: message.module,
  side: message.side,
  operation: message.operation,
  object: message.object === null ? null : viewObject(message.object),
  http_status: message.httpStatus,
  status_code: message.statusCode,
  outcome: message.outcome,
  failure: message.failure,
  duration_ms: Math.round(message.durationMs * 100) / 100,
  request_id: message.requestId,
  correlation_id: message.correlationId,
  attempt: message.attempt,
  findings: message.findings,
  request_bytes: message.requestBytes,
  response_bytes: message.responseBytes,
})

const viewPart = (headers: KeptHeaders, body: string | null, bytes: number, isCut: boolean): View => ({
  headers,
  body,
  bytes,
  cut: isCut,
})

/** A message with headers and bodies; `response` is null when no answer came. */
export const viewMessage = (message: Message): View => ({
  ...viewFacts(message),
  request: {
    ...viewPart(message.requestHeaders, message.requestBody, message.requestBytes, message.requestCut),
    hidden: message.requestHidden,
  },
  response:
    message.responseHeaders === null
      ? null
      : viewPart(message.responseHeaders, message.responseBody, message.responseBytes, message.responseCut),
})

/** A time in which messages were not recorded. */
export const viewGap = ({ fromAt, untilAt, reason, count }: MessageGap): View => ({
  from: fromAt,
  until: untilAt,
  reason,
  count,
})

/** Whether messages are recorded, and what was missed. */
export const viewRecording = (state: RecordingState, gaps: readonly MessageGap[]): View => ({
  enabled: state.enabled,
  waiting: state.waiting,
  dropped: state.dropped,
  gaps: gaps.map(viewGap),
})

const viewStep = (step: StoryStep): View => ({
  at: step.at,
  stated_at: step.statedAt,
  kind: step.kind,
  text: step.text,
  outcome: step.outcome,
  messages: step.messages,
  objects: step.objects.map(viewObject),
  events: step.events,
  authorization_id: step.authorizationId ?? null,
  command_id: step.commandId ?? null,
})

/** The life of a session; `session` is null in the story of a command that led to none. */
export const viewStory = ({ session, steps, isComplete, gaps }: SessionStory): View => ({
  session:
    session === undefined ? null : { ...viewObject(session.key), status: session.document.status ?? null },
  received_from: session?.receivedFrom ?? null,
  steps: steps.map(viewStep),
  complete: isComplete,
  gaps: gaps.map(viewGap),
})

/** What came of a request that was sent again. */
export const viewReplayed = ({ outcome, correlationId, message }: Replayed): View => ({
  outcome: outcome.kind,
  http_status: 'httpStatus' in outcome ? (outcome.httpStatus ?? null) : null,
  status_code: 'statusCode' in outcome ? outcome.statusCode : null,
  detail: 'message' in outcome ? outcome.message : null,
  correlation_id: correlationId,
  message: message === undefined ? null : viewFacts(message),
})
