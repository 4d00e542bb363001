/**
 * How the worker answers a request. `page`: with the page that is kept, whatever its address. `kept`: with what is kept under the
 * address, else from the node, and it is kept then. `pass`: not at all; the browser asks the node.
 */
export type AnswerPlan = 'page' | 'kept' | 'pass'

/** What of a request decides how it is answered. */
export interface Asked {
  readonly method: string
  readonly mode: string
  readonly url: string
}

/**
 * Decides how a request is answered. `scope` is the address of the app, with a slash at its end. Answers of the driver API are never
 * kept here: what the app keeps of them it deletes when somebody signs out.
 */
export const planAnswer = ({ method, mode, url }: Asked, scope: string): AnswerPlan => {
  if (method !== 'GET' || !url.startsWith(scope)) return 'pass'
  if (mode === 'navigate') return 'page'
  const path = url.slice(scope.length)
  return path.startsWith('assets/') || /^(icon[^/]*\.(svg|png)|manifest\.webmanifest)$/.test(path)
    ? 'kept'
    : 'pass'
}
