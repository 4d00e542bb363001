import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../../console/dist/web', import.meta.url))

/** Where the built console is, as an option of a node; nothing when it was not built, as in a checkout without `npm run build`. */
export const builtConsole = (): { readonly consoleFolder?: string } =>
  existsSync(`${FOLDER}/index.html`) ? { consoleFolder: FOLDER } : {}
