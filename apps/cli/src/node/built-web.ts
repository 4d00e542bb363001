import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folderOf = (app: string): string => fileURLToPath(new URL(`../../../${app}/dist/web`, import.meta.url))

const [CONSOLE, DRIVE] = [folderOf('console'), folderOf('drive')]

const isBuilt = (folder: string): boolean => existsSync(`${folder}/index.html`)

/** Where the built web apps are, as options of a node; nothing for one that was not built, as in a checkout without `npm run build`. */
export const builtWeb = (): { readonly consoleFolder?: string; readonly driveFolder?: string } => ({
  ...(isBuilt(CONSOLE) ? { consoleFolder: CONSOLE } : {}),
  ...(isBuilt(DRIVE) ? { driveFolder: DRIVE } : {}),
})
