export { DisplayText } from './v221.js'
