import type { Passkey } from '@interwatt/store'
import { expect, test } from 'vitest'
import { passkeyHost, removePasskey } from './passkeys.js'

test.each([
  ['https://drive.example', 'drive.example'],
  ['https://drive.example:8443/base', 'drive.example'],
  ['http://localhost:8080', 'localhost'],
  ['http://emsp.localhost', 'emsp.localhost'],
  ['http://drive.example', undefined],
  ['https://192.0.2.7', undefined],
  ['http://127.0.0.1:8080', undefined],
  ['https://[2001:db8::1]', undefined],
])('passkeys of %s belong to %s', (publicUrl, host) => {
  expect(passkeyHost(publicUrl)).toBe(host)
})

const passkey = (id: string): Passkey => ({
  ...{ id, driverId: 'd1', publicKey: '', counter: 0, transports: [], name: id, backedUp: false },
  ...{ createdAt: '2026-03-01T10:00:00.000Z', lastUsedAt: null },
})

const removing = (ids: readonly string[], hasOtherWay: boolean) => {
  const access = {
    passkeys: async () => ids.map(passkey),
    removePasskey: async () => true,
  }
  return removePasskey({ access }, { id: 'd1' }, { id: 'p1', hasOtherWay })
}

test('the last passkey stays when there is no other way to sign in', async () => {
  expect(await removing(['p1'], false)).toMatchObject({ kind: 'problem', status: 409, type: 'last-way-in' })
})

test.each([
  [['p1', 'p2'], false],
  [['p1'], true],
] as const)('of %j one goes when another way (%s) is left', async (ids, hasOtherWay) => {
  expect(await removing(ids, hasOtherWay)).toMatchObject({ kind: 'done' })
})
