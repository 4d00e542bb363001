import { signal } from '@preact/signals'
import type { Spot } from './station-map.js'

/** Where the driver is, as far as the device told; kept nowhere. */
export const here = signal<Spot | undefined>()

/** Why the device did not tell. */
export type NoPosition = 'denied' | 'unknown'

/** Asks the device where it is; the browser asks the driver first. Resolves with the place, or why there is none. */
export const locate = (): Promise<Spot | NoPosition> =>
  new Promise((resolve) => {
    if (!('geolocation' in navigator)) {
      resolve('unknown')
      return
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        here.value = { lat: coords.latitude, lon: coords.longitude }
        resolve(here.value)
      },
      ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? 'denied' : 'unknown'),
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 },
    )
  })
