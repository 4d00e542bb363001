import type { TestNode } from './node.js'

/** Reads the event stream of a node from its beginning until an event fits; throws when none comes in time. */
export const readEvent = async (
  node: TestNode,
  type: string,
  fits: (data: string) => boolean,
  timeoutMs = 10_000,
): Promise<string> => {
  const response = await fetch(`${node.url}/api/v1/events?types=${type}&after=0`, {
    headers: { authorization: `Bearer ${node.apiKey}` },
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (response.body === null) throw new Error('no stream')
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true })
    const found = text.split('\n').find((line) => line.startsWith('data:') && fits(line))
    if (found !== undefined) return found
  }
  throw new Error(`no ${type} event that fits`)
}
