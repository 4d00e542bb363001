import { setTimeout as sleep } from 'node:timers/promises'

/** Longest wait for one answer; afterwards the outcome of a write is unknown. */
const TIMEOUT_MS = 20_000

/** Calls the operator API of a node once; `undefined` when no answer came. */
export const call = async (node, method, path, body) => {
  try {
    const response = await fetch(`${node.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${node.apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  } catch {
    return undefined
  }
}

/** Whether nobody knows what became of the request: no answer, or one that speaks of the server. */
export const isUnknown = (answer) => answer === undefined || answer.status >= 500 || answer.status === 429

/** Calls until an answer comes that speaks of the request; throws after `limitMs` or when it is a refusal. */
export const insist = async (node, method, path, body, limitMs = 60_000) => {
  const deadline = Date.now() + limitMs
  for (;;) {
    const answer = await call(node, method, path, body)
    if (!isUnknown(answer)) {
      if (answer.status < 400) return answer.body
      throw new Error(
        `${node.name} answers ${method} ${path} with ${answer.status}: ${JSON.stringify(answer.body)}`,
      )
    }
    if (Date.now() > deadline)
      throw new Error(`${node.name} gives no answer to ${method} ${path} (last: ${answer?.status ?? 'none'})`)
    await sleep(250)
  }
}

/** Every document of a collection that a party owns, page by page. */
export const listAll = async (node, collection, party) => {
  const documents = []
  let cursor
  do {
    const query = new URLSearchParams({ party, limit: '200', ...(cursor === undefined ? {} : { cursor }) })
    const page = await insist(node, 'GET', `/${collection}?${query}`)
    documents.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return documents
}
