import type { LookupFunction } from 'node:net'
import { expect, test } from 'vitest'
import { createAddressGuard, isPublicAddress } from './address-guard.js'

const guard = createAddressGuard({ allowPrivateAddresses: false })
const lenient = createAddressGuard({ allowPrivateAddresses: true })

test.each(['8.8.8.8', '193.0.0.1', '2001:4860:4860::8888', '2a02:898::1'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each([
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  '64:ff9b:1::a00:1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fd12:3456::1',
  'ff02::1',
  'not an address',
  '',
])('CMD-011 %s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each([
  ['plain http', 'http://cpo.example/ocpi'],
  ['the cloud metadata address', 'https://169.254.169.254/latest'],
  ['loopback', 'https://127.0.0.1/'],
  ['loopback in decimal', 'https://2130706433/'],
  ['loopback in hexadecimal', 'https://0x7f000001/'],
  ['loopback in octal', 'https://0177.0.0.1/'],
  ['loopback cut short', 'https://127.1/'],
  ['loopback in IPv6', 'https://[::1]/'],
  ['loopback mapped into IPv6', 'https://[::ffff:127.0.0.1]/'],
  ['an address in full-width digits', 'https://１２７.０.０.１/'],
  ['a user name', 'https://user@cpo.example/'],
  ['a password', 'https://:secret@cpo.example/'],
  ['the port of another service', 'https://cpo.example:25/'],
  ['port 0', 'https://cpo.example:0/'],
  ['another scheme', 'ftp://cpo.example/'],
])('CMD-011 refuses %s', (_kind, url) => {
  expect(guard.refusalOf(new URL(url))).toBeTypeOf('string')
})

test.each(['https://cpo.example/ocpi', 'https://cpo.example:8443/', 'https://8.8.8.8/'])(
  'allows %s',
  (url) => {
    expect(guard.refusalOf(new URL(url))).toBeUndefined()
  },
)

test('the demonstration may call http and loopback, but never with a password in the URL', () => {
  expect(lenient.refusalOf(new URL('http://localhost:80/'))).toBeUndefined()
  expect(lenient.refusalOf(new URL('http://a:b@localhost/'))).toBeTypeOf('string')
  expect(lenient.refusalOf(new URL('file:///etc/passwd'))).toBeTypeOf('string')
})

test('CMD-012 refuses a host that is not one of the partner', () => {
  const hosts = ['CPO.example', 'api.example:8443']
  expect(guard.refusalOf(new URL('https://cpo.example/x'), hosts)).toBeUndefined()
  expect(guard.refusalOf(new URL('https://api.example:8443/x'), hosts)).toBeUndefined()
  expect(guard.refusalOf(new URL('https://api.example/x'), hosts)).toBeTypeOf('string')
  expect(guard.refusalOf(new URL('https://cpo.example.evil.example/x'), hosts)).toBeTypeOf('string')
})

const resolving =
  (...addresses: string[]): LookupFunction =>
  (_hostname, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

test('CMD-011 checks what a name resolves to before the URL is accepted', async () => {
  const check = (lookup: LookupFunction) =>
    createAddressGuard({ allowPrivateAddresses: false, lookup }).check('https://cpo.example/result')
  expect(await check(resolving('8.8.8.8'))).toBeUndefined()
  expect(await check(resolving('10.0.0.1'))).toContain('no public address')
  expect(await check(resolving('10.0.0.1', '8.8.8.8'))).toBeUndefined()
  expect(await check((_host, _options, callback) => callback(new Error('ENOTFOUND'), []))).toContain(
    'resolved',
  )
})

test('CMD-011 refuses a URL of more than 255 characters or none at all', async () => {
  expect(await guard.check(`https://cpo.example/${'a'.repeat(250)}`)).toContain('255')
  expect(await guard.check('/relative')).toBeTypeOf('string')
})

test('gives a socket only the public addresses of a name', () => {
  const mixed = createAddressGuard({
    allowPrivateAddresses: false,
    lookup: resolving('127.0.0.1', '8.8.8.8', '::1'),
  })
  mixed.lookup('x', { all: true }, (_error, found) =>
    expect(found).toEqual([{ address: '8.8.8.8', family: 4 }]),
  )
  mixed.lookup('x', {}, (_error, found) => expect(found).toBe('8.8.8.8'))
  expect.assertions(2)
})
