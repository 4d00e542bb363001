import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firstFreePort } from '../node/free-port.js'
import { runCli } from '../testing/run-cli.js'

const bin = fileURLToPath(new URL('../../bin/interwatt.js', import.meta.url))
const register = fileURLToPath(new URL('../../../../data/berlin/berlin-stations.csv', import.meta.url))
const READY = /"event":"ready"/

let folder = ''
let port = 0
const running: ChildProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interwatt-serve-'))
  port = await firstFreePort('127.0.0.1', 28_500)
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

interface Served {
  /** The line that tells that the node is ready. */
  readonly ready: { readonly operator_key?: string }
  /** Sends SIGTERM; resolves with exit code and the time it took, in milliseconds. */
  stop(): Promise<{ readonly code: number | null; readonly tookMs: number }>
}

const serve = async (): Promise<Served> => {
  const { PATH = '', HOME = '' } = process.env
  const args = ['serve', '--json', '--host', '127.0.0.1', '--port', String(port), '--data-dir', folder]
  const child = spawn(process.execPath, [bin, ...args], {
    env: { PATH, HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const line = await new Promise<string>((resolve, reject) => {
    let [out, err] = ['', '']
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString()
    })
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const found = out
        .split('\n')
        .slice(0, -1)
        .find((text) => READY.test(text))
      if (found !== undefined) resolve(found)
    })
    void ended.then((code) => reject(new Error(`serve ended with ${code}: ${err}`)))
  })
  return {
    ready: JSON.parse(line),
    async stop() {
      const startedMs = performance.now()
      child.kill('SIGTERM')
      return { code: await ended, tookMs: performance.now() - startedMs }
    },
  }
}

describe('interwatt serve', () => {
  it('makes an operator key once, is used by the other commands, and stops cleanly', async () => {
    const first = await serve()
    const key = first.ready.operator_key ?? ''
    expect(key).toMatch(/^iwk_/)
    const environment = { INTERWATT_URL: `http://127.0.0.1:${port}`, INTERWATT_API_KEY: key }
    const cli = (...args: string[]) => runCli([...args, '--json'], { environment })

    const early = await cli('import', 'bnetza', register, '--party', 'DE*ABC')
    expect(early.code).toBe(1)
    expect(early.err).toContain('does not host DE*ABC')
    const party = await cli('party', 'host', 'DE*ABC', '--role', 'cpo', '--name', 'ABC Energie')
    expect(JSON.parse(party.out)).toMatchObject({ party_id: 'ABC', roles: ['CPO'] })
    const once = JSON.parse((await cli('import', 'bnetza', register, '--party', 'DE*ABC')).out)
    expect(once.stored).toMatchObject({ created: once.summary.locations, updated: 0, refused: [] })
    const again = JSON.parse((await cli('import', 'bnetza', register, '--party', 'DE*ABC')).out)
    expect(again.stored).toMatchObject({ created: 0, updated: 0, unchanged: once.summary.locations })

    const invitation = JSON.parse((await cli('partner', 'invite', '--name', 'Nord')).out)
    expect(invitation.token_a).toMatch(/^\S{20,64}$/)
    const shown = await cli('partner', 'show', 'nord')
    expect(JSON.parse(shown.out)).toMatchObject({ id: invitation.id, status: 'INVITED' })
    expect(shown.out).not.toContain(invitation.token_a)
    expect((await cli('partner', 'remove', 'Nord')).code).toBe(0)
    const offers = ['--offer', 'payments:receiver', '--offer', 'invoicereconciliation:SENDER']
    const agreed = JSON.parse((await cli('partner', 'invite', '--name', 'Sued', ...offers)).out)
    expect(JSON.parse((await cli('partner', 'show', 'Sued')).out)).toMatchObject({
      id: agreed.id,
      modules: [
        { identifier: 'payments', role: 'RECEIVER' },
        { identifier: 'invoicereconciliation', role: 'SENDER' },
      ],
    })
    const unknown = await cli('partner', 'invite', '--name', 'West', '--offer', 'cdrs:SENDER')
    expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('payments:RECEIVER') })
    const wrong = await runCli(['partner', 'list'], {
      environment: { ...environment, INTERWATT_API_KEY: 'wrong' },
    })
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('Unauthorized') })

    const stopped = await first.stop()
    expect(stopped.code).toBe(0)
    expect(stopped.tookMs).toBeLessThan(10_000)

    const second = await serve()
    expect(second.ready).not.toHaveProperty('operator_key')
    expect(JSON.parse((await cli('party', 'list')).out).items).toHaveLength(1)
    expect((await second.stop()).code).toBe(0)
  }, 90_000)
})
