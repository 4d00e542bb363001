import { chown, lstat, readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { systemCode } from './embedded-error.js'

/** The user a server runs as. */
export interface Owner {
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses root, so root runs it as this user, `nobody` on most systems; it needs no account. */
const unprivileged: Owner = { uid: 65_534, gid: 65_534 }

/** Whether this process is root. */
export const isRoot = (): boolean => process.getuid?.() === 0

/** As whom the server of a data folder runs: undefined is ourselves; root uses the folder's owner or an unprivileged user. */
export const ownerOf = async (dataDir: string): Promise<Owner | undefined> => {
  if (!isRoot()) return undefined
  try {
    const { uid, gid } = await stat(dataDir)
    return uid === 0 ? unprivileged : { uid, gid }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return unprivileged
    throw error
  }
}

/** Gives a folder and everything in it to `owner`, not following links. */
export const giveTo = async (owner: Owner, path: string): Promise<void> => {
  await chown(path, owner.uid, owner.gid)
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) await giveTo(owner, inner)
    else if (entry.isFile()) await chown(inner, owner.uid, owner.gid)
  }
}

/** Whether `owner` may read and run the file at `path`: every folder above it must let others pass. */
export const mayRun = async (owner: Owner, path: string): Promise<boolean> => {
  const { uid, mode } = await stat(path)
  const wanted = uid === owner.uid ? 0o500 : 0o005
  if ((mode & wanted) !== wanted) return false
  return mayPass(owner, dirname(path))
}

/** Whether `owner` may enter the folder at `path` and all above it. */
export const mayPass = async (owner: Owner, path: string): Promise<boolean> => {
  const { uid, mode } = await stat(path)
  const wanted = uid === owner.uid ? 0o100 : 0o001
  if ((mode & wanted) === 0) return false
  return dirname(path) === path || mayPass(owner, dirname(path))
}

/** Whether the folder is a real one that only we (or root) and nobody else can write to. */
export const isPrivateFolder = async (path: string, uids: readonly number[]): Promise<boolean> => {
  try {
    const found = await lstat(path)
    return found.isDirectory() && uids.includes(found.uid) && (found.mode & 0o022) === 0
  } catch {
    return false
  }
}
