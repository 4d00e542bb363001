import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { expect, it } from 'vitest'
import { endConnectionsOnClose } from './end-connections.js'

const listening = async (finishMs?: number): Promise<{ app: FastifyInstance; port: number }> => {
  const app = Fastify({ forceCloseConnections: 'idle' })
  endConnectionsOnClose(app, finishMs)
  app.get('/', () => 'here')
  app.get('/slow', () => new Promise(() => {}))
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { app, port: (app.server.address() as AddressInfo).port }
}

it('a server closes although somebody connected and never asked anything', async () => {
  const { app, port } = await listening()
  const silent = connect(port, '127.0.0.1')
  const ended = once(silent, 'close')
  await once(silent, 'connect')
  const asking = await fetch(`http://127.0.0.1:${port}/`)
  expect(await asking.text()).toBe('here')
  await app.close()
  await ended
})

it('a request that does not end is cut off after its time', async () => {
  const { app, port } = await listening(50)
  const slow = fetch(`http://127.0.0.1:${port}/slow`).then(
    () => 'answered',
    () => 'cut off',
  )
  await once(app.server, 'request')
  await app.close()
  expect(await slow).toBe('cut off')
})
