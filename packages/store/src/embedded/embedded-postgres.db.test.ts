import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../database/index.js'
import { prepareBinaries } from './binaries.js'
import { EmbeddedPostgresError } from './embedded-error.js'
import { startEmbeddedPostgres } from './embedded-postgres.js'
import { isAlive, waitForExit } from './pid-file.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interwatt-embedded-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const entry = new URL('../../dist/embedded/index.js', import.meta.url).href
const root = process.getuid?.() === 0

/** Another process that starts the server, prints its process id and stops it when its input ends. */
const startElsewhere = async (dataDir: string, user = {}): Promise<{ child: ChildProcess; pid: number }> => {
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(entry)})
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} })
    console.log(server.pid)
    process.stdin.resume().on('end', () => server.stop())`
  const args = ['--input-type=module', '-e', script]
  const child = spawn(process.execPath, args, { ...user, cwd: '/', stdio: ['pipe', 'pipe', 'inherit'] })
  const [line]: string[] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => ['no server']),
  ])
  return { child, pid: Number(line) }
}

const finish = async (child: ChildProcess): Promise<void> => {
  const exited = once(child, 'exit')
  child.stdin?.end()
  await exited
}

const select = async (url: string, text: string): Promise<unknown> => {
  await using database = await openDatabase({ url, poolSize: 1 })
  return (await database.query({ text })).rows
}

test('keeps its data between runs, listens on no network address, and its socket path is short', async () => {
  const dataDir = join(folder, 'keeps')
  const first = await startEmbeddedPostgres({ dataDir })
  await first.createDatabase('app')
  await first.createDatabase('app')
  await select(first.url('app'), 'create table kept as select 1 as n')
  expect(await select(first.url('app'), 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
  expect(await select(first.url('app'), 'show fsync')).toEqual([{ fsync: 'on' }])
  expect(`${new URL(first.url('app')).searchParams.get('host')}/.s.PGSQL.5432`.length).toBeLessThan(100)
  await first.stop()
  expect(isAlive(first.pid)).toBe(false)
  await using second = await startEmbeddedPostgres({ dataDir })
  expect(await select(second.url('app'), 'select n from kept')).toEqual([{ n: 1 }])
})

test('a second process on the same folder joins the running server; the last to leave shuts it down', async () => {
  const dataDir = join(folder, 'shared')
  const first = await startEmbeddedPostgres({ dataDir })
  const { child, pid } = await startElsewhere(dataDir)
  expect(pid).toBe(first.pid)
  await first.stop()
  expect(isAlive(pid)).toBe(true)
  await finish(child)
  expect(isAlive(pid)).toBe(false)
})

test('two processes that start at once on an empty folder end up on one server', async () => {
  const dataDir = join(folder, 'race')
  const [a, b] = await Promise.all([startElsewhere(dataDir), startElsewhere(dataDir)])
  expect(a.pid).toBeGreaterThan(1)
  expect(a.pid).toBe(b.pid)
  await Promise.all([finish(a.child), finish(b.child)])
  expect(isAlive(a.pid)).toBe(false)
  expect((await readdir(folder)).filter((name) => name.startsWith('race.new-'))).toEqual([])
})

test('the server of a killed process is joined by the next start', async () => {
  const dataDir = join(folder, 'orphan')
  const { child, pid } = await startElsewhere(dataDir)
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
  expect(isAlive(pid)).toBe(true)
  const next = await startEmbeddedPostgres({ dataDir })
  expect(next.pid).toBe(pid)
  await next.stop()
  expect(isAlive(pid)).toBe(false)
})

test('a pid file that names a dead process, or one that is no server, does not prevent a start', async () => {
  const dataDir = join(folder, 'stale')
  const { child, pid } = await startElsewhere(dataDir)
  const pidFile = await readFile(join(dataDir, 'postmaster.pid'), 'utf8')
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
  process.kill(pid, 'SIGKILL')
  await waitForExit(pid, 5_000)
  const second = await startEmbeddedPostgres({ dataDir })
  await second.stop()
  await writeFile(join(dataDir, 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)))
  await using third = await startEmbeddedPostgres({ dataDir })
  expect(third.pid).not.toBe(process.pid)
  expect(await select(third.url('postgres'), 'select 1 as n')).toEqual([{ n: 1 }])
})

test('a server that dies is started again under the same address', async () => {
  await using server = await startEmbeddedPostgres({ dataDir: join(folder, 'dies') })
  const url = server.url('postgres')
  const { pid } = server
  process.kill(pid, 'SIGKILL')
  await waitForExit(pid, 5_000)
  const deadline = Date.now() + 20_000
  while (server.pid === pid && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50))
  expect(server.pid).not.toBe(pid)
  expect(server.url('postgres')).toBe(url)
  expect(await select(url, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('works as an ordinary user', async () => {
  const home = join(folder, 'ordinary')
  await mkdir(home)
  if (root) await Promise.all([chown(home, 65_534, 65_534), chmod(folder, 0o711)])
  const user = root ? { uid: 65_534, gid: 65_534 } : {}
  const { child, pid } = await startElsewhere(join(home, 'postgres'), user)
  expect(pid).toBeGreaterThan(1)
  await finish(child)
  expect(isAlive(pid)).toBe(false)
})

test('works in a folder that only its user can enter', async () => {
  const home = join(folder, 'closed')
  await mkdir(home, { mode: 0o700 })
  await using server = await startEmbeddedPostgres({ dataDir: join(home, 'deep', 'postgres') })
  expect(await select(server.url('postgres'), 'select 1 as n')).toEqual([{ n: 1 }])
})

test('library links that the install did not make are made at start', async () => {
  const native = await prepareBinaries(undefined)
  const links: { target: string }[] = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'))
  const { linkLibraries } = await import('./binaries.js')
  const copy = join(folder, 'package', 'native')
  await mkdir(join(copy, 'lib'), { recursive: true })
  await writeFile(join(copy, 'pg-symlinks.json'), JSON.stringify(links))
  await linkLibraries(copy)
  await linkLibraries(copy)
  for (const { target } of links) {
    expect((await lstat(join(folder, 'package', target))).isSymbolicLink()).toBe(true)
  }
})

test('refuses a folder that holds something else, and says what to do', async () => {
  const dataDir = join(folder, 'notes')
  await mkdir(dataDir)
  await writeFile(join(dataDir, 'diary.txt'), 'mine')
  const failed = startEmbeddedPostgres({ dataDir })
  await expect(failed).rejects.toThrow(EmbeddedPostgresError)
  await expect(failed).rejects.toThrow(/set DATA_DIR to another folder/)
  expect(await readFile(join(dataDir, 'diary.txt'), 'utf8')).toBe('mine')
})

test('a data folder of another major version is refused, not upgraded in place', async () => {
  const dataDir = join(folder, 'older')
  await mkdir(dataDir)
  await writeFile(join(dataDir, 'PG_VERSION'), '17\n')
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/PostgreSQL 17.*DATABASE_URL/)
})
