import { signal } from '@preact/signals'

/** Whether a newer version of the app waits to be loaded. */
export const updateReady = signal(false)

/** How often the node is asked for a newer version while the app is open, in milliseconds. */
const CHECK_MS = 60 * 60_000

let waiting: ServiceWorker | undefined

const watchWorker = (worker: ServiceWorker): void => {
  const look = (): void => {
    // NOTE: the first worker of a device has nobody to replace: that is no update.
    if (worker.state !== 'installed' || navigator.serviceWorker.controller === null) return
    waiting = worker
    updateReady.value = true
  }
  look()
  worker.addEventListener('statechange', look)
}

/** Starts the service worker, which keeps the app for times without a connection, and notices newer versions. */
export const startWorker = async (): Promise<void> => {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const base = import.meta.env.BASE_URL
  const registration = await navigator.serviceWorker.register(`${base}service-worker.js`, {
    scope: base,
    updateViaCache: 'none',
  })
  if (registration.waiting !== null) watchWorker(registration.waiting)
  registration.addEventListener('updatefound', () => {
    if (registration.installing !== null) watchWorker(registration.installing)
  })
  setInterval(() => registration.update().catch(() => undefined), CHECK_MS)
}

/** Loads the newer version. */
export const loadUpdate = (): void => {
  navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload())
  waiting?.postMessage({ kind: 'take-over' })
}
