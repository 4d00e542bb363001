import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { freePort } from './node-under-test.js'

/** Longest wait for one answer of a peer. */
const ORDER_LIMIT_MS = 60_000

/** Starts a peer as a process of its own. `ask` gives it one order and answers what it says; throws what it failed with. */
export const startPeer = async ({ command, role, version, countryCode, partyId }) => {
  const [program, ...rest] = command
  const port = String(await freePort())
  const child = spawn(program, [...rest, port, role, version, countryCode, partyId], {
    stdio: ['pipe', 'pipe', process.env.INTEROP_LOG_LEVEL ? 'inherit' : 'ignore'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const ask = async (what, order = {}) => {
    child.stdin.write(`${JSON.stringify({ do: what, ...order })}\n`)
    const timer = setTimeout(() => child.kill(), ORDER_LIMIT_MS)
    const { value, done } = await lines.next()
    clearTimeout(timer)
    if (done) throw new Error(`the peer ended during ${what}`)
    const answer = JSON.parse(value)
    if ('error' in answer) throw new Error(answer.error)
    return answer.ok
  }
  return {
    party: { country_code: countryCode, party_id: partyId },
    role,
    version,
    ask,
    async close() {
      child.stdin.end()
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
      await ended
      clearTimeout(timer)
    },
  }
}

/** Waits until `check` gives a value, asking every 100 ms; throws what was awaited when it does not come. */
export const eventually = async (what, check, limitMs = 15_000) => {
  const end = Date.now() + limitMs
  for (;;) {
    const value = await check()
    if (value !== undefined && value !== false) return value
    if (Date.now() > end) throw new Error(`${what} did not happen within ${limitMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
