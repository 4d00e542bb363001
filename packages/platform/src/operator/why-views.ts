import type { StartExplanation } from '../conversation/why/start.rules.js'

type View = { readonly [field: string]: unknown }

/** Why a charge did or did not start. */
export const viewExplanation = ({
  code,
  state,
  text,
  whatToDo,
  support,
  operatorWords,
  evidence,
}: StartExplanation): View => ({
  code,
  state,
  text,
  what_to_do: whatToDo,
  support,
  operator_words: operatorWords,
  evidence: {
    rule: evidence.rule,
    command_id: evidence.commandId,
    authorization_id: evidence.authorizationId,
    session_id: evidence.sessionId,
    cdr_id: evidence.cdrId,
    messages: evidence.messages,
  },
})
