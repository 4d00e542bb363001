export { applyPatch, changedFieldsBetween, type PatchOutcome } from './apply-patch.js'
export { identityFields, type PatchableName } from './identity.js'
export { patchBetween } from './patch-between.js'
