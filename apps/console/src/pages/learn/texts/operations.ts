import { cdr } from './cdr-fields.js'
import { commandResponse, commandResult, startSession, stopSession } from './command-fields.js'
import { evse } from './evse-fields.js'
import type { DocumentText } from './fields.js'
import { session } from './session-fields.js'
import { authorizationInfo, locationReferences, token } from './token-fields.js'

/** What a kind of message is for, and the documents in it. */
export interface OperationText {
  /** One sentence, by who asks: `in` a partner asks this node, `out` this node asks a partner. */
  readonly in: string
  readonly out: string
  /** What the body of the request is. */
  readonly request?: DocumentText
  /** What `data` of the answer is. */
  readonly answer?: DocumentText
}

const tokenPush: OperationText = {
  in: 'The eMSP tells this node of a token of its customers, or that one changed.',
  out: 'This node tells the CPO of a token of its customers, or that one changed.',
  request: token,
}
const sessionWhole = {
  in: 'The CPO sends the session as a whole: a new one, or one of which more than a little changed.',
  out: 'This node sends the session as a whole: a new one, or one of which more than a little changed.',
  request: session,
} as const
const evsePush: OperationText = {
  in: 'The CPO tells that a charging bay changed: here its status.',
  out: 'This node tells its partner that a charging bay changed: here its status.',
  request: evse,
}
const resultOf: OperationText = {
  in: 'The CPO says what came of the command at the charging station, on the address it was given for that.',
  out: 'This node says what came of the command at the charging station, on the address it was given for that.',
  request: commandResult,
}

/** Texts by operation: module, side and method, the same in every version. */
export const operations: Readonly<Record<string, OperationText>> = {
  'tokens.receiver.put': tokenPush,
  'tokens.receiver.patch': tokenPush,
  'tokens.sender.authorize': {
    in: 'The CPO asks whether this token may charge there now. A driver waits at the station for the answer.',
    out: 'This node asks the eMSP whether this token may charge there now. A driver waits at the station for the answer.',
    request: locationReferences,
    answer: authorizationInfo,
  },
  'commands.receiver.startSession': {
    in: 'The eMSP asks this node to start charging for a customer with an app.',
    out: 'This node asks the CPO to start charging for a customer with an app.',
    request: startSession,
    answer: commandResponse,
  },
  'commands.receiver.stopSession': {
    in: 'The eMSP asks this node to stop the session.',
    out: 'This node asks the CPO to stop the session.',
    request: stopSession,
    answer: commandResponse,
  },
  'commands.sender.result': resultOf,
  result: resultOf,
  'sessions.receiver.put': sessionWhole,
  'sessions.receiver.patch': {
    in: 'The CPO sends only what changed of the session.',
    out: 'This node sends only what changed of the session.',
    request: session,
  },
  'locations.receiver.putEvse': evsePush,
  'locations.receiver.patchEvse': evsePush,
  'cdrs.receiver.post': {
    in: 'The CPO hands the bill over: the charge detail record.',
    out: 'This node hands the bill over: the charge detail record.',
    request: cdr,
  },
}

/** Headers that matter, in the order in which they are explained. */
export const headerTexts: readonly (readonly [name: string, means: string, rule: string])[] = [
  ['x-request-id', 'A name for this one request; its answer carries it too.', 'TRN-120'],
  [
    'x-correlation-id',
    'The same for all messages that belong together, such as a command and its result.',
    'TRN-121',
  ],
  ['ocpi-from-party-id', 'The party that speaks: a platform can hold several. From version 2.2.1 on.', ''],
  ['ocpi-to-party-id', 'The party that is meant. From version 2.2.1 on.', ''],
]

/** What the parts of every answer mean. */
export const envelopeTexts: readonly (readonly [name: string, means: string, rule: string])[] = [
  [
    'status_code',
    'How it went in the words of OCPI: 1000 and up is yes, 2000 and up is no, 3000 and up is a failure.',
    'TRN-036',
  ],
  ['timestamp', 'When the answer was made.', 'TRN-030'],
]
