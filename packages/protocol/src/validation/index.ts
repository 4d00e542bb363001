export {
  checkDocument,
  type DocumentForm,
  type DocumentIn,
  type ParsedDocument,
  parseDocument,
} from './document.js'
export * from './finding.js'
