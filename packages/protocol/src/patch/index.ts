export { applyPatch, changedFieldsBetween, type PatchOutcome } from './apply-patch.js'
export type { PatchableName } from './identity.js'
