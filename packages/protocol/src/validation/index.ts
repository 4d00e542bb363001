export {
  checkDocument,
  type DocumentForm,
  type DocumentIn,
  type ParsedDocument,
  parseDocument,
} from './document.js'
export { withExamples } from './example.js'
export * from './finding.js'
