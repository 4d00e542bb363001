import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../bin/interwatt.js', import.meta.url))

/** What a command line did. */
export interface CliRun {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs `interwatt` as a child process, as a person would; needs the build that `npm test` makes first. */
export const runCli = (
  args: readonly string[],
  given: { readonly input?: string; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<CliRun> => {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [bin, ...args], { env: { PATH, HOME, ...given.environment } })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  child.stdin.end(given.input ?? '')
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, err }))
  })
}
