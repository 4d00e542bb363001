import type { InboundToken, Partner } from '@interwatt/store'
import { expect, test } from 'vitest'
import { type Directory, strictProfile } from '../directory/partner-directory.js'
import { createAuthenticate } from './authenticate.js'

const partner = (id: string): Partner => ({
  id,
  name: id,
  status: 'REGISTERED',
  version: '2.2.1',
  versionsUrl: null,
  endpoints: [],
  roles: [],
  hubParty: null,
  unlockAllowed: true,
  profilesAllowed: false,
  outboundToken: null,
  tokenEncoding: null,
  statusReason: null,
  createdAt: '2026-01-01T00:00:00Z',
  registeredAt: null,
})

const start = () => {
  const tokens = new Map<string, string>([['keyed:one', 'p1']])
  const hashed: string[] = []
  const directory: Pick<Directory, 'findByToken' | 'profile'> = {
    profile: () => strictProfile,
    findByToken: async (hashes) => {
      const hash = hashes.find((each) => tokens.has(each))
      if (hash === undefined) return undefined
      const partnerId = tokens.get(hash) ?? ''
      const token: InboundToken = { partnerId, hash, purpose: 'current', expiresAt: null }
      return { partner: partner(partnerId), token }
    },
  }
  const hash = (text: string): string => {
    hashed.push(text)
    return `keyed:${text}`
  }
  return { tokens, hashed, authenticate: createAuthenticate(directory, { hash }, { of: async () => [] }) }
}

test('a token is hashed once however often it is presented, and asked for every time', async () => {
  const { tokens, hashed, authenticate } = start()
  expect(await authenticate(['other', 'one'])).toMatchObject({ partnerId: 'p1', token: 'one' })
  expect(await authenticate(['other', 'one'])).toMatchObject({ partnerId: 'p1', token: 'one' })
  expect(hashed).toEqual(['other', 'one'])
  tokens.delete('keyed:one')
  expect(await authenticate(['other', 'one'])).toBeUndefined()
})

test('what is remembered of one token lets no other in', async () => {
  const { authenticate } = start()
  expect(await authenticate(['one'])).toBeDefined()
  for (const text of ['on', 'one ', 'One', 'keyed:one', ''])
    expect(await authenticate([text])).toBeUndefined()
})

test('what is remembered is bounded', async () => {
  const { hashed, authenticate } = start()
  await authenticate(['one'])
  for (let n = 0; n < 5000; n += 1) await authenticate([`guess${n}`])
  expect(await authenticate(['one'])).toMatchObject({ partnerId: 'p1' })
  expect(hashed.filter((text) => text === 'one')).toHaveLength(2)
})
