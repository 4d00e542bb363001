import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { testDatabase } from '@interwatt/store/testing'
import { eventually, freePort, type TestNode } from './node.js'

/** A node in a process of its own, started the way operators start it. */
export interface ServedNode extends Pick<TestNode, 'api' | 'url' | 'apiKey'>, AsyncDisposable {
  readonly secret: string
  readonly databaseUrl: string
  /** Everything it wrote to standard output and standard error. */
  output(): string
  /** A value of its metrics page. */
  metric(name: string): Promise<number>
}

const COMMAND = fileURLToPath(new URL('../../apps/cli/bin/interwatt.js', import.meta.url))

/** Starts `interwatt serve` over a fresh database and waits until it is ready. */
export const serveNode = async (env: Readonly<Record<string, string>> = {}): Promise<ServedNode> => {
  const database = await testDatabase()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const apiKey = `test-key-${randomBytes(12).toString('hex')}`
  const secret = randomBytes(32).toString('base64url')
  const child = spawn(process.execPath, [COMMAND, 'serve'], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_URL: url,
      DATABASE_URL: database.url,
      INTERWATT_API_KEY: apiKey,
      INTERWATT_SECRET: secret,
      ALLOW_PRIVATE_PARTNERS: 'true',
      LOG_LEVEL: 'debug',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      written += text
    })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const headers = { authorization: `Bearer ${apiKey}` }
  await eventually(`ready node (${COMMAND})`, async () => {
    if (child.exitCode !== null) throw new Error(`The node ended: ${written}`)
    // With its own key: something else may listen on the port by now.
    const answer = await fetch(`${url}/api/v1/parties`, { headers }).catch(() => undefined)
    return answer?.ok || undefined
  })
  return {
    url,
    apiKey,
    secret,
    databaseUrl: database.url,
    output: () => written,
    async metric(name) {
      const text = await (await fetch(`${url}/metrics`, { headers })).text()
      const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]
      if (value === undefined) throw new Error(`no metric ${name}`)
      return Number(value)
    },
    async api(method, path, body) {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
      await database.drop()
    },
  }
}
