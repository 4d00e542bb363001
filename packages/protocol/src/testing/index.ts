export { type ArbitraryOptions, arbitraryOf, patchOf } from './arbitrary.js'
