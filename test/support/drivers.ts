import type { TestNode } from './node.js'

/** A driver's app without its pages: calls the driver API with the cookie that sign-in gave. */
export interface DriverClient {
  /** Status, body and headers of a call; `headers` replace those the app sends. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly body: unknown; readonly headers: Headers }>
  /** An open answer of a GET, such as a file or a stream. */
  open(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
}

/** A client of the driver API of a node; it keeps cookies like a browser does. */
export const driverClient = ({ url }: Pick<TestNode, 'url'>): DriverClient => {
  const cookies = new Map<string, string>()
  const keep = (answer: Response): void => {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (/max-age=0\b/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
  }
  const cookie = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  return {
    open: (path, headers = {}) =>
      fetch(`${url}/driver/v1${path}`, { headers: { cookie: cookie(), ...headers } }),
    async call(method, path, body, headers = { 'x-interwatt-app': 'drive' }) {
      const answer = await fetch(`${url}/driver/v1${path}`, {
        method,
        headers: {
          cookie: cookie(),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      keep(answer)
      const text = await answer.text()
      const isJson = (answer.headers.get('content-type') ?? '').includes('json')
      return {
        status: answer.status,
        headers: answer.headers,
        body: isJson && text !== '' ? JSON.parse(text) : text,
      }
    },
  }
}

/** Signs the test driver of a node in that runs with `DRIVER_DEMO`. */
export const testDriver = async (node: Pick<TestNode, 'url'>): Promise<DriverClient> => {
  const client = driverClient(node)
  const answer = await client.call('POST', '/sign-in/demo', { language: 'en' })
  if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}`)
  return client
}
