export { type ArbitraryOptions, arbitraryOf, patchOf } from './arbitrary.js'
export { exampleCdr, exampleLocation } from './examples.js'
