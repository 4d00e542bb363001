import type { AuthorizationStore, CommandStore } from '@interwatt/store'
import { explainProblem } from './explain-problem.js'
import { factsOfCommand, factsOfDecision, type StartDeps } from './gather-facts.js'
import { explain, type StartExplanation } from './start.rules.js'

/** What explaining works with. */
export interface ExplainDeps extends StartDeps {
  readonly commands: Pick<CommandStore, 'get'>
  readonly authorizations: Pick<AuthorizationStore, 'get'>
}

/** What is to be explained: a command, sent or received, or a decision on a card. */
export type StartReference = { readonly commandId: string } | { readonly authorizationId: string }

/** Why a charge did or did not start, or what became of another command; undefined when it is not known. */
export const explainStart = async (
  deps: ExplainDeps,
  reference: StartReference,
): Promise<StartExplanation | undefined> => {
  if ('commandId' in reference) {
    const command = await deps.commands.get(reference.commandId)
    return command && explain(await factsOfCommand(deps, command))
  }
  const decision = await deps.authorizations.get(reference.authorizationId)
  return decision && explain(await factsOfDecision(deps, decision))
}

export { explainProblem }
