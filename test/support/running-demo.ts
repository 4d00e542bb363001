import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eventually, freePort } from './node.js'

/** One platform of a running demonstration, as its operator reads it from the terminal. */
export interface DemoPlatform {
  readonly url: string
  readonly key: string
}

/** The demonstration as `npm start` runs it, in a process of its own, until it is disposed of. */
export interface RunningDemo extends AsyncDisposable {
  readonly cpo: DemoPlatform
  readonly emsp: DemoPlatform
}

const bin = fileURLToPath(new URL('../../apps/cli/bin/interwatt.js', import.meta.url))

const platformOf = (output: string, role: 'CPO' | 'eMSP'): DemoPlatform | undefined => {
  const part = output.split(new RegExp(`^${role}  `, 'm'))[1]
  const url = /Operator API\s+(\S+)\/api\/v1/.exec(part ?? '')?.[1]
  const key = /Operator key\s+(\S+)/.exec(part ?? '')?.[1]
  return url === undefined || key === undefined ? undefined : { url, key }
}

/** Starts a demonstration and waits until its world lives. */
export const startDemo = async (): Promise<RunningDemo> => {
  const folder = await mkdtemp(join(tmpdir(), 'interwatt-demo-'))
  const args = [bin, 'demo', '--data-dir', folder, '--port', String(await freePort())]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async (): Promise<void> => {
    child.kill('SIGINT')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const [cpo, emsp] = await eventually(
      'a world that runs',
      async () => {
        if (child.exitCode !== null) throw new Error(`The demonstration ended: ${output}`)
        const platforms = [platformOf(output, 'CPO'), platformOf(output, 'eMSP')] as const
        return /^The world runs/m.test(output) ? platforms : undefined
      },
      60_000,
    )
    if (cpo === undefined || emsp === undefined) throw new Error(`No platforms are named: ${output}`)
    return { cpo, emsp, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await stop()
    throw error
  }
}
