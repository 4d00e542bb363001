import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { firstFreePort } from './free-port.js'

it('takes the next free port when the wanted one is in use', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  expect(await firstFreePort('127.0.0.1', port)).toBeGreaterThan(port)
  await new Promise((resolve) => taken.close(resolve))
})
