/** An event that lasts until a promise has settled. */
export interface LastingEvent extends Event {
  waitUntil(lasting: Promise<unknown>): void
}

/** A request of a page that the worker may answer. */
export interface RequestEvent extends LastingEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}

/** What a service worker has around it; the types of the DOM do not know it. */
export interface WorkerScope {
  readonly location: Location
  readonly registration: { readonly scope: string }
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(kind: 'install' | 'activate', listener: (event: LastingEvent) => void): void
  addEventListener(kind: 'fetch', listener: (event: RequestEvent) => void): void
  addEventListener(kind: 'message', listener: (event: MessageEvent<unknown>) => void): void
}
