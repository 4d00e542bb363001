import { createServer } from 'node:http'
import { deflateSync } from 'node:zlib'

/** A grey picture of 256 by 256 pixels as PNG. */
const greyTile = (): Buffer => {
  const crcOf = (bytes: Buffer): number => {
    let crc = ~0
    for (const byte of bytes) {
      crc ^= byte
      for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
    }
    return ~crc >>> 0
  }
  const chunk = (type: string, content: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
    const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(content.length)
    crc.writeUInt32BE(crcOf(named))
    return Buffer.concat([length, named, crc])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(256, 0)
  head.writeUInt32BE(256, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc(257 * 256, 0xc0)
  for (let row = 0; row < 256; row += 1) rows[row * 257] = 0
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A host of maps on loopback: pictures at `/{z}/{x}/{y}.png`, a style at `/style.json`. */
export interface TileServer extends AsyncDisposable {
  readonly url: string
  /** Paths that were asked for. */
  readonly asked: readonly string[]
}

/** Starts a host of maps on a port of its own. */
export const startTileServer = async (): Promise<TileServer> => {
  const asked: string[] = []
  const tile = greyTile()
  const style = (url: string) => ({
    version: 8,
    sources: { grey: { type: 'raster', tiles: [`${url}/{z}/{x}/{y}.png`], tileSize: 256 } },
    layers: [{ id: 'grey', type: 'raster', source: 'grey' }],
  })
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const headers = { 'access-control-allow-origin': '*' }
    if (/^\/\d+\/\d+\/\d+\.png$/.test(path))
      response.writeHead(200, { ...headers, 'content-type': 'image/png' }).end(tile)
    else if (path === '/style.json')
      response
        .writeHead(200, { ...headers, 'content-type': 'application/json' })
        .end(JSON.stringify(style(`http://${request.headers.host}`)))
    else response.writeHead(404, headers).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
