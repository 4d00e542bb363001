import { afir } from './afir.pack.js'
import { nevi } from './nevi.pack.js'
import type { RulePack, RulePackId } from './rule-pack.js'
import { uk } from './uk.pack.js'

/** Every rule pack. */
export const RULE_PACKS: Readonly<Record<RulePackId, RulePack>> = { afir, nevi, uk }

export { RULE_PACK_IDS, type RulePack, type RulePackId } from './rule-pack.js'
