import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { waitForAnswer } from './launch.js'

const patience = { silentMs: 150, startingMs: 700 }

const waited = async (socketDir: string): Promise<number> => {
  const beganMs = Date.now()
  expect(await waitForAnswer(socketDir, () => false, patience)).toBeUndefined()
  return Date.now() - beganMs
}

/** What PostgreSQL says to every connection while it replays its log. */
const startingUp = (): Buffer => {
  const fields = Buffer.from('SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0')
  const head = Buffer.from('E0000')
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
}

describe('a server that runs already', () => {
  it('is waited for while it replays its log, and given up soon when it is silent', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'iw-'))
    expect(await waited(folder)).toBeLessThan(600)
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end(startingUp()))
    })
    await new Promise<void>((resolve) => server.listen(join(folder, '.s.PGSQL.5432'), resolve))
    try {
      expect(await waited(folder)).toBeGreaterThanOrEqual(700)
    } finally {
      server.close()
      await rm(folder, { recursive: true, force: true })
    }
  })
})
