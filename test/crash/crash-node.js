import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createWriteStream, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { childrenOf, kill, postmasterOf } from './processes.js'

const program = fileURLToPath(new URL('node-process.js', import.meta.url))

/** Longest time from the start of a process to its first answer, recovery of its database included. */
const READY_MS = 60_000

/** A port of the loopback that was free a moment ago. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

/**
 * A node in a process of its own under the eyes of a plain supervisor, as systemd would be one: whatever ends the
 * process, it is started again after a pause, with the same settings and data, and nothing else is done for it.
 */
export class CrashNode {
  #child
  #stopping = false
  #pauseMs = 300
  #wasReady = false
  #killed = false
  /** Starts that failed, as one does whose database is killed meanwhile: allowed, and tried again; the log says why. */
  failedStarts = 0
  /** Times the process ended by itself after it had been ready: never allowed. */
  ownEnds = 0
  /** Milliseconds from each start to readiness. */
  readyMs = []

  constructor({ name, folder, port }) {
    this.name = name
    this.dataDir = join(folder, name)
    this.url = `http://127.0.0.1:${port}`
    this.port = port
    this.apiKey = `crash-key-${randomBytes(12).toString('hex')}`
    this.secret = randomBytes(32).toString('base64url')
    this.logFile = join(folder, `${name}.log`)
    mkdirSync(this.dataDir, { recursive: true })
    this.log = createWriteStream(this.logFile, { flags: 'a' })
  }

  static async create(name, folder) {
    return new CrashNode({ name, folder, port: await freePort() })
  }

  /** True while a process runs, ready or not. */
  get running() {
    return this.#child !== undefined
  }

  start() {
    const child = spawn(process.execPath, [program], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PORT: String(this.port),
        PUBLIC_URL: this.url,
        DATA_DIR: this.dataDir,
        INTERWATT_API_KEY: this.apiKey,
        INTERWATT_SECRET: this.secret,
        LOG_LEVEL: 'info',
      },
    })
    const began = performance.now()
    this.#child = child
    this.#wasReady = false
    this.#killed = false
    child.stdin.on('error', () => {})
    child.stdout.on('data', (chunk) => {
      this.log.write(chunk)
      if (this.#wasReady || !chunk.includes('"event":"ready"')) return
      this.#wasReady = true
      this.readyMs.push(performance.now() - began)
    })
    child.stderr.on('data', (chunk) => this.log.write(chunk))
    child.once('exit', (code, signal) => this.#ended(code, signal))
  }

  async #ended(code, signal) {
    this.#child = undefined
    this.log.write(`--- process ended: ${signal ?? code}\n`)
    if (this.#stopping) return
    if (!this.#killed && this.#wasReady) this.ownEnds += 1
    if (!this.#killed && !this.#wasReady) this.failedStarts += 1
    await sleep(this.#pauseMs)
    if (!this.#stopping && this.#child === undefined) this.start()
  }

  /** Kills the node process; the supervisor starts it again after `pauseMs`. False when there was none to kill. */
  killNode(pauseMs) {
    const child = this.#child
    if (child?.pid === undefined) return false
    this.#pauseMs = pauseMs
    this.#killed = true
    return kill(child.pid)
  }

  /** Kills the database server, alone or with every process it started. False when there was none to kill. */
  killDatabase(withBackends) {
    const pid = postmasterOf(this.dataDir)
    if (pid === undefined) return false
    const backends = withBackends ? childrenOf(pid) : []
    const done = kill(pid)
    for (const backend of backends) kill(backend)
    return done
  }

  /** Whether `/health/ready` says yes now. */
  async isReady() {
    try {
      const response = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(6_000) })
      await response.arrayBuffer()
      return response.status === 200
    } catch {
      return false
    }
  }

  /** Waits until the node is ready; throws when it does not become so by itself. */
  async untilReady() {
    const deadline = Date.now() + READY_MS
    // The key of the first start is stored just after the node begins to listen.
    while (!this.#wasReady || !(await this.isReady())) {
      if (Date.now() > deadline)
        throw new Error(`${this.name} is not ready after ${READY_MS / 1000} s; see ${this.logFile}`)
      await sleep(100)
    }
  }

  /** Ends the process in order, which also shuts its database down. */
  async stop() {
    this.#stopping = true
    const child = this.#child
    if (child !== undefined) {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.stdin.end()
      const timer = setTimeout(() => kill(child.pid), 40_000)
      await gone
      clearTimeout(timer)
    }
    this.killDatabase(true)
    await new Promise((resolve) => this.log.end(resolve))
  }
}
