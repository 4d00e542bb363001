import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { systemCode } from './embedded-error.js'

/** What a running server wrote into its data folder. */
export interface PidFile {
  readonly pid: number
  readonly socketDir: string
  readonly path: string
}

/** Reads `postmaster.pid`; undefined when missing or not yet complete. */
export const readPidFile = async (dataDir: string): Promise<PidFile | undefined> => {
  const path = join(dataDir, 'postmaster.pid')
  const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  const socketDir = lines[4]?.trim()
  if (!Number.isSafeInteger(pid) || pid < 2 || socketDir === undefined || socketDir === '') return undefined
  return { pid, socketDir, path }
}

/**
 * Whether the process has ended and merely waits for its parent to ask for its result. Containers whose first process
 * never asks keep such entries for ever. The state follows the name, which stands in brackets and may hold spaces.
 */
const hasEnded = (pid: number): boolean => {
  if (process.platform !== 'linux') return false
  try {
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return /^ [ZX]/.test(state.slice(state.lastIndexOf(')') + 1))
  } catch {
    return false
  }
}

/** Whether a process with this id runs. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return !hasEnded(pid)
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}

const commandOf = async (pid: number): Promise<string> => {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
  const { stdout } = await promisify(execFile)('ps', ['-o', 'comm=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }))
  return stdout
}

/** Whether the process is the server of this folder and not one that got the id of a dead server. */
export const isServerOf = async (pid: number, dataDir: string): Promise<boolean> => {
  if (!isAlive(pid) || !/(^|\/)postgres\s*$/.test(await commandOf(pid))) return false
  if (process.platform !== 'linux') return true
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
  return folder === undefined || folder === dataDir
}

/** Waits until the process is gone; false when it still runs after `timeoutMs`. */
export const waitForExit = async (pid: number, timeoutMs: number): Promise<boolean> => {
  const deadline = Date.now() + timeoutMs
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await sleep(20)
  }
  return true
}

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error
  }
}

const fastShutdownMs = 20_000
const immediateShutdownMs = 5_000

/** Shuts a server down: fast first, then at once (its log is replayed at the next start); false when it will not end. */
export const stopServer = async (pid: number): Promise<boolean> => {
  signal(pid, 'SIGINT')
  if (await waitForExit(pid, fastShutdownMs)) return true
  signal(pid, 'SIGQUIT')
  return waitForExit(pid, immediateShutdownMs)
}
