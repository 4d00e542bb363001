import { createServer } from 'node:net'
import { Failure } from '../failure.js'

const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)))
  })

/** Ports that are tried from the wanted one on. */
const TRIES = 100

/** The first free port from the wanted one on; throws Failure when there is none near it. */
export const firstFreePort = async (host: string, wanted: number): Promise<number> => {
  for (let port = wanted; port < Math.min(wanted + TRIES, 65_536); port++)
    if (await isFree(host, port)) return port
  throw new Failure(`No port from ${wanted} on is free on ${host}.`, {
    hint: 'Choose another one with --port.',
  })
}
