import { cardRules } from './card.rules.js'
import { commandRules } from './command.rules.js'
import { sessionRules } from './session.rules.js'
import { START_CODES, type StartCode, type StartState } from './start-codes.js'
import { operatorWords, type StartFacts } from './start-facts.js'
import { driverWords, type InLanguages } from './words.js'

/** One way in which something stands or ended: how it is recognized, and how support reads it. */
export interface StartRule {
  readonly code: StartCode
  /** Rule of our requirements that it rests on, such as CMD-035; null when it rests on none. */
  readonly rule: string | null
  holds(facts: StartFacts): boolean
  /** One or two sentences with what is known, in English. */
  support(facts: StartFacts): string
  /** Ids of messages that show it, beside those of the command. */
  messages?(facts: StartFacts): readonly number[]
}

/** Why a charge did or did not start, for drivers and for support, with what shows it. */
export interface StartExplanation {
  readonly code: StartCode
  readonly state: StartState
  /** For the driver. */
  readonly text: InLanguages
  readonly whatToDo: InLanguages
  /** For support, in English. */
  readonly support: string
  /** What the operator of the station said in its own words; null when it said nothing. */
  readonly operatorWords: string | null
  readonly evidence: {
    readonly rule: string | null
    readonly commandId: string | null
    readonly authorizationId: string | null
    readonly sessionId: string | null
    readonly cdrId: string | null
    /** Ids of recorded messages, in order. */
    readonly messages: readonly number[]
  }
}

/** The first that holds explains it: what a session shows says more than what was answered before. */
export const startRules = (facts: StartFacts): readonly StartRule[] =>
  facts.command === undefined
    ? [...sessionRules, ...cardRules]
    : facts.command.type === 'START_SESSION'
      ? [...sessionRules, ...commandRules]
      : commandRules

/** Explains what became of a command or a tap of a card. Every state has a rule; the last one of each list always holds. */
export const explain = (facts: StartFacts): StartExplanation => {
  const rule = startRules(facts).find(({ holds }) => holds(facts))
  if (rule === undefined) throw new Error('no rule holds for this command or decision')
  const { command, decision, session, receipt, messages } = facts
  const shown = new Set([...messages.map(({ id }) => id), ...(rule.messages?.(facts) ?? [])])
  return {
    code: rule.code,
    state: START_CODES[rule.code].state,
    ...driverWords(rule.code),
    support: rule.support(facts),
    operatorWords: operatorWords(command),
    evidence: {
      rule: rule.rule,
      commandId: command?.id ?? null,
      authorizationId: decision?.id ?? null,
      sessionId: session?.id ?? null,
      cdrId: receipt?.id ?? null,
      messages: [...shown].sort((a, b) => a - b),
    },
  }
}
