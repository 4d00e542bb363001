export { berlinExtract } from './berlin-extract.js'
export type { ChargePoint, Facility, OperationState } from './facility.js'
export {
  type BnetzaImport,
  type BnetzaImportOptions,
  type BnetzaImportSummary,
  importBnetza,
} from './import-bnetza.js'
export { evseUidOf, locationIdOf } from './location.js'
export type { Plug } from './plugs.js'
export type { RegisterEncoding } from './read-register.js'
export {
  type ReportCode,
  type ReportEffect,
  type ReportSeverity,
  type RowReport,
  reportCodes,
} from './row-report.js'
