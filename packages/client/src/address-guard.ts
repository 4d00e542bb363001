import { lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { parseUrl } from '@interwatt/protocol'
import ipaddr from 'ipaddr.js'

/** An address that may not be called; raised at connect time too, when a name turns out to lead there. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress'
}

/** What addresses may be called, and how names are resolved. */
export interface GuardOptions {
  /** Permits http and private addresses: for demonstrations and tests. */
  readonly allowPrivateAddresses: boolean
  /** Resolver in place of the system's, e.g. in tests. */
  readonly lookup?: LookupFunction
}

/** Decides which addresses may be called (promise 6, CMD-011, CRD-037). */
export interface AddressGuard {
  /** Why this URL may not be called, undefined when it may. Looks at the text only. */
  refusalOf(url: URL, allowedHosts?: readonly string[]): string | undefined
  /** As `refusalOf`, but resolves the name too: to check a URL before it is accepted. */
  check(url: string, allowedHosts?: readonly string[]): Promise<string | undefined>
  /** Resolves names for a socket and gives only addresses that may be called. */
  readonly lookup: LookupFunction
  /** Whether a socket may be used that is connected to this address. */
  permits(address: string | undefined): boolean
}

const URL_MAX = 255
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3')

/**
 * Whether an IP address is on the public internet: no private, loopback, link-local, unique-local, shared, multicast
 * or reserved one, and none that hides an IPv4 address (mapped, 6to4, Teredo, NAT64).
 */
export const isPublicAddress = (address: string): boolean => {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST)
}

/** A guard with its rules. */
export const createAddressGuard = (options: GuardOptions): AddressGuard => {
  const permits = (address: string | undefined): boolean =>
    options.allowPrivateAddresses || (address !== undefined && isPublicAddress(address))
  const lookup = guardedLookup(options.lookup ?? systemLookup, permits)
  const refusalOf = (url: URL, allowedHosts?: readonly string[]): string | undefined =>
    shapeRefusal(url, options.allowPrivateAddresses) ??
    literalRefusal(url, permits) ??
    hostRefusal(url, allowedHosts)
  return {
    refusalOf,
    permits,
    lookup,
    check: async (text, allowedHosts) => {
      if (text.length > URL_MAX) return `the URL is longer than ${URL_MAX} characters`
      const url = parseUrl(text)
      if (url === undefined) return 'this is no absolute URL'
      return refusalOf(url, allowedHosts) ?? resolvedRefusal(url, lookup)
    },
  }
}

const shapeRefusal = (url: URL, lenient: boolean): string | undefined => {
  if (url.protocol !== 'https:' && !(lenient && url.protocol === 'http:'))
    return 'only https addresses are called'
  if (url.username !== '' || url.password !== '') return 'the URL holds a user name or password'
  if (url.hostname === '') return 'the URL has no host'
  const port = url.port === '' ? 443 : Number(url.port)
  return lenient || port === 443 || port >= 1024 ? undefined : `port ${port} is not called`
}

const literalOf = (url: URL): string | undefined => {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(host) ? host : undefined
}

/** NOTE: the URL parser has turned decimal, octal and hexadecimal spellings of IPv4 into dotted ones already. */
const literalRefusal = (url: URL, permits: (address: string) => boolean): string | undefined => {
  const literal = literalOf(url)
  return literal === undefined || permits(literal) ? undefined : `${literal} is not a public address`
}

const hostRefusal = (url: URL, allowedHosts: readonly string[] | undefined): string | undefined => {
  if (allowedHosts === undefined) return undefined
  const known = allowedHosts.some(
    (host) => host.toLowerCase() === url.host || host.toLowerCase() === url.hostname,
  )
  return known ? undefined : `${url.host} is not a host of this partner`
}

const resolvedRefusal = (url: URL, lookup: LookupFunction): Promise<string | undefined> =>
  new Promise((resolve) => {
    if (literalOf(url) !== undefined) {
      resolve(undefined)
      return
    }
    lookup(url.hostname, { all: true }, (error) => {
      if (error === null) resolve(undefined)
      else resolve(error instanceof ForbiddenAddress ? error.message : `${url.hostname} cannot be resolved`)
    })
  })

/** The check sits where the socket gets its address, so a name cannot change its mind in between (DNS rebinding). */
const guardedLookup =
  (lookup: LookupFunction, permits: (address: string) => boolean): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) {
        callback(error, [])
        return
      }
      const addresses = (Array.isArray(found) ? found : []).filter(({ address }) => permits(address))
      const first = addresses[0]
      if (first === undefined) callback(new ForbiddenAddress(`${hostname} leads to no public address`), [])
      else if (options.all === true) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
