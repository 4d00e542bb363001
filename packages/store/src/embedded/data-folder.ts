import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { NativeFolder } from './binaries.js'
import { EmbeddedPostgresError, systemCode, useOwnServer } from './embedded-error.js'
import { giveTo, isRoot, type Owner } from './owner.js'

/** Role that owns everything in the embedded server. */
export const superuser = 'interwatt'

/** A data folder as a child process sees it: its path, and a descriptor to hand down when the path is not passable. */
export interface OpenFolder {
  readonly path: string
  readonly stdio: 'ignore' | number
  close(): Promise<void>
}

/**
 * Opens a data folder for a child. Root's folders are often closed to others (mode 700 homes), so on Linux the
 * unprivileged child of root gets the open folder as descriptor 3 and never walks the path.
 */
export const openFolder = async (path: string): Promise<OpenFolder> => {
  if (!isRoot() || process.platform !== 'linux') return { path, stdio: 'ignore', close: async () => {} }
  const handle = await open(path, 'r')
  return { path: '/proc/self/fd/3', stdio: handle.fd, close: () => handle.close() }
}

const runInitdb = async (
  native: NativeFolder,
  folder: OpenFolder,
  owner: Owner | undefined,
): Promise<void> => {
  const args = [
    ['-D', folder.path, '-U', superuser, '--auth=trust', '--no-instructions', '--encoding=UTF8'],
    ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ].flat()
  const child = spawn(join(native, 'bin', 'initdb'), args, {
    ...owner,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe', folder.stdio],
  })
  let output = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4_000)
  })
  const status = await new Promise<number | string | null>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code, signal) => resolve(code ?? signal))
  })
  if (status === 0) return
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL could not create its data folder (${status}): ${output.trim()}\n${useOwnServer}`,
  )
}

const create = async (dataDir: string, native: NativeFolder, owner: Owner | undefined): Promise<void> => {
  const fresh = await mkdtemp(`${dataDir}.new-`)
  try {
    await chmod(fresh, 0o700)
    if (owner !== undefined) await giveTo(owner, fresh)
    const folder = await openFolder(fresh)
    try {
      await runInitdb(native, folder, owner)
    } finally {
      await folder.close()
    }
    await rename(fresh, dataDir)
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    // Another process was faster: its folder is as good.
    if (systemCode(error) !== 'ENOTEMPTY' && systemCode(error) !== 'EEXIST') throw error
  }
}

// A killed initdb leaves its unfinished folder beside the data; an hour is far longer than it takes.
const sweep = async (dataDir: string): Promise<void> => {
  const parent = dirname(dataDir)
  const prefix = `${dataDir.slice(parent.length).replace(/^\//, '')}.new-`
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue
    const path = join(parent, name)
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs
    if (age > 3_600_000) await rm(path, { recursive: true, force: true })
  }
}

const major = '18'

const readMajor = async (dataDir: string): Promise<string | undefined> => {
  try {
    const file = await open(join(dataDir, 'PG_VERSION'), 'r')
    try {
      return (await file.readFile('utf8')).trim()
    } finally {
      await file.close()
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    if (systemCode(error) !== 'EACCES') throw error
    throw new EmbeddedPostgresError(
      `The data folder ${dataDir} belongs to another user. Start as that user, or set DATA_DIR to another folder. ${useOwnServer}`,
      { cause: error },
    )
  }
}

/** Makes sure that `dataDir` holds a complete cluster of our major version, creating it in one step if it is missing. */
export const ensureDataFolder = async (
  dataDir: string,
  native: NativeFolder,
  owner: Owner | undefined,
): Promise<void> => {
  await mkdir(dirname(dataDir), { recursive: true })
  await sweep(dataDir)
  const found = await readMajor(dataDir)
  if (found === undefined) {
    const entries = await readdir(dataDir).catch(() => [])
    if (entries.length > 0) {
      throw new EmbeddedPostgresError(
        `${dataDir} holds files but no database. Move them away, or set DATA_DIR to another folder.`,
      )
    }
    return create(dataDir, native, owner)
  }
  if (found !== major) {
    throw new EmbeddedPostgresError(
      `${dataDir} was written by PostgreSQL ${found}, this release runs ${major}. Move the data with pg_dump and pg_restore. ${useOwnServer}`,
    )
  }
  // Restored from an archive by root: PostgreSQL insists on owning its folder.
  if (owner !== undefined && (await stat(dataDir)).uid === 0) await giveTo(owner, dataDir)
}
