import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { isAlive } from './pid-file.js'

const pause = new Int32Array(new SharedArrayBuffer(4))

/** Waits without ever returning to the event loop, which would collect the child's result and so remove its entry. */
const blockUntil = (condition: () => boolean): boolean => {
  const deadline = Date.now() + 5000
  while (!condition() && Date.now() < deadline) Atomics.wait(pause, 0, 0, 10)
  return condition()
}

test('a process that has ended is not alive, even while nobody has collected its result', async () => {
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' })
  const { pid } = child
  if (pid === undefined) throw new Error('no child')
  expect(isAlive(pid)).toBe(true)
  expect(blockUntil(() => !isAlive(pid))).toBe(true)
  await once(child, 'exit')
})
