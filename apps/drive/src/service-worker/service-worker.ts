import { planAnswer } from './plan-answer.js'
import type { WorkerScope } from './worker-scope.js'

declare const self: WorkerScope

/** Written by the build: a version made of all files, and those that make the app work without a connection. */
declare const __SHELL__: { readonly version: string; readonly files: readonly string[] }

const PREFIX = 'interwatt-drive-'
const { version, files } = __SHELL__
const NAME = `${PREFIX}${version}`
const { scope } = self.registration

/** Puts a file into the cache of this version; what an older version has under the same name is the same. */
const fetchInto = async (cache: Cache, address: string): Promise<void> => {
  const known = address.includes('/assets/') ? await caches.match(address) : undefined
  const answer = known ?? (await fetch(address, { cache: 'reload' }))
  if (!answer.ok) throw new Error(`${address} was answered with HTTP ${answer.status}`)
  await cache.put(address, answer)
}

const install = async (): Promise<void> => {
  const cache = await caches.open(NAME)
  const addresses = [scope, ...files.map((file) => `${scope}${file}`)]
  await Promise.all(addresses.map((address) => fetchInto(cache, address)))
}

const activate = async (): Promise<void> => {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== NAME)
  await Promise.all(old.map((name) => caches.delete(name)))
  await self.clients.claim()
}

const page = async (request: Request): Promise<Response> =>
  (await caches.match(scope, { cacheName: NAME })) ?? fetch(request)

const kept = async (request: Request): Promise<Response> => {
  const cache = await caches.open(NAME)
  const found = await cache.match(request)
  if (found !== undefined) return found
  const answer = await fetch(request)
  if (answer.status === 200) await cache.put(request, answer.clone())
  return answer
}

self.addEventListener('install', (event) => event.waitUntil(install()))
self.addEventListener('activate', (event) => event.waitUntil(activate()))
self.addEventListener('fetch', (event) => {
  const plan = planAnswer(event.request, scope)
  if (plan === 'page') event.respondWith(page(event.request))
  if (plan === 'kept') event.respondWith(kept(event.request))
})
self.addEventListener('message', ({ data }) => {
  const takesOver = typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'take-over'
  if (takesOver) self.skipWaiting().catch(() => undefined)
})
