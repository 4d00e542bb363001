import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { FrameStream } from './frame-stream.js'

const quiet = {
  next: (signal: AbortSignal) =>
    new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())),
  read: async () => ({ frames: [], position: 0, isFull: false }),
}

test('a reader that left before its stream began leaves no stream behind', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const ended = new Promise((resolve, reject) => {
    server.once('request', (request, response) => {
      response.once('close', () => new FrameStream(quiet, response).run(0).then(resolve, reject))
      request.socket.destroy()
    })
  })
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow()
  expect(await ended).toBe('closed')
  server.close()
})
