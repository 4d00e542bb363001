import { createHash } from 'node:crypto'
import { chmod, chown, mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isPrivateFolder, mayPass, type Owner } from './owner.js'

/** File PostgreSQL makes in the folder; the port number is only part of its name. */
const socketName = '.s.PGSQL.5432'
// The kernel's limit for the whole path is 107 bytes on Linux and 103 on macOS.
const longestPath = 100

const parentFor = async (owner: Owner | undefined): Promise<string> => {
  const wanted = tmpdir()
  const room = longestPath - `/interwatt-012345678901/${socketName}`.length
  if (Buffer.byteLength(wanted) > room) return '/tmp'
  return owner === undefined || (await mayPass(owner, wanted)) ? wanted : '/tmp'
}

/** A short folder for the socket that only `owner` can enter, the same one for the same data folder. */
export const makeSocketFolder = async (dataDir: string, owner: Owner | undefined): Promise<string> => {
  const parent = await parentFor(owner)
  const key = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const wanted = join(parent, `interwatt-${key}`)
  const uid = owner?.uid ?? process.getuid?.() ?? 0
  await mkdir(wanted, { mode: 0o700 }).catch(() => {})
  // Somebody else's folder at this name is not used; processes that join read the real one from postmaster.pid.
  const ours = await isPrivateFolder(wanted, [uid, process.getuid?.() ?? 0])
  const folder = ours ? wanted : await mkdtemp(join(parent, 'interwatt-'))
  await chmod(folder, 0o700)
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid)
  return folder
}
