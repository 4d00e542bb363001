import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Time that requests under way get when the server closes, in milliseconds. */
const FINISH_MS = 10_000

/**
 * Lets a server close in time: connections on which nothing was ever asked end at once, since node counts them neither as idle nor
 * as done; requests under way may finish for ten seconds.
 */
export const endConnectionsOnClose = (app: FastifyInstance, finishMs = FINISH_MS): void => {
  const unused = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  app.server.on('request', ({ socket }) => unused.delete(socket))
  app.addHook('preClose', async () => {
    for (const socket of unused) socket.destroy()
    const timer = setTimeout(() => app.server.closeAllConnections(), finishMs)
    app.server.once('close', () => clearTimeout(timer))
  })
}
