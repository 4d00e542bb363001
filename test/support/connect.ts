import { type ForeignOptions, ForeignParty, type OcpiAnswer, type Received } from './foreign-party.js'
import { eventually, type TestNode } from './node.js'

/** A foreign party that registered with the node, and the node's id for it. */
export interface Connected {
  readonly party: ForeignParty
  readonly id: string
}

/** The list of versions of an invitation that a partner uses: 2.1.1 needs the one of the role it connects to (VER-007). */
export const versionsUrlFor = ({ version, role }: ForeignOptions, invitation: unknown): string => {
  const urls = invitation as Record<'versions_url' | 'cpo_versions_url' | 'emsp_versions_url', string>
  if (version !== '2.1.1') return urls.versions_url
  return role === 'CPO' ? urls.emsp_versions_url : urls.cpo_versions_url
}

/** Starts a foreign party and lets it register with an invitation of the node. */
export const connect = async (
  node: Pick<TestNode, 'api'>,
  options: ForeignOptions,
  prepare: (party: ForeignParty) => void = () => undefined,
): Promise<Connected> => {
  const party = await ForeignParty.start(options)
  prepare(party)
  const { status, body } = await node.api('POST', '/partners', { name: `Foreign ${options.party.party_id}` })
  if (status !== 201) throw new Error(`no invitation: ${status} ${JSON.stringify(body)}`)
  const { id, token_a } = body as { id: string; token_a: string }
  const answer = await party.register(versionsUrlFor(options, body), token_a)
  if (answer.envelope?.status_code !== 1000)
    throw new Error(`registration failed: ${JSON.stringify(answer.envelope)}`)
  return { party, id }
}

/** Has one node register with an invitation of another, as partners of these names; the partner it got. Throws when that fails. */
export const introduce = async (
  inviting: { readonly node: Pick<TestNode, 'api'>; readonly name: string },
  invited: { readonly node: Pick<TestNode, 'api'>; readonly name: string },
): Promise<unknown> => {
  const { body } = await inviting.node.api('POST', '/partners', { name: invited.name })
  const { versions_url, token_a } = body as { versions_url: string; token_a: string }
  const partner = { name: inviting.name, versions_url, token_a }
  const registered = await invited.node.api('POST', '/partners', partner)
  if ((registered.body as { status?: unknown }).status !== 'REGISTERED')
    throw new Error(`registration failed: ${JSON.stringify(registered.body)}`)
  return registered.body
}

/** HTTP status and OCPI status code of an answer. */
export const codes = (answer: OcpiAnswer): [number, number | undefined] => [
  answer.http,
  answer.envelope?.status_code,
]

/** The object in an answer; empty when there is none. */
export const data = (answer: OcpiAnswer): Record<string, unknown> =>
  (answer.envelope?.data ?? {}) as Record<string, unknown>

/** The list in an answer; empty when there is none. */
export const list = (answer: OcpiAnswer): Record<string, unknown>[] =>
  Array.isArray(answer.envelope?.data) ? answer.envelope.data : []

/** Address of the next page. */
export const nextOf = (answer: OcpiAnswer): string | undefined =>
  /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]

/** Follows the next links of a list to its end and answers every page. */
export const crawl = async (party: ForeignParty, url: string, maxPages = 50): Promise<OcpiAnswer[]> => {
  const pages: OcpiAnswer[] = []
  for (let next: string | undefined = url; next !== undefined; ) {
    if (pages.length === maxPages) throw new Error(`more than ${maxPages} pages`)
    const page = await party.send('GET', next)
    pages.push(page)
    next = nextOf(page)
  }
  return pages
}

/** Waits for a request at the foreign party that fits. */
export const arrives = (
  party: ForeignParty,
  what: string,
  fits: (request: Received) => boolean,
  timeoutMs?: number,
): Promise<Received> => eventually(what, () => party.received.find(fits), timeoutMs)

/** Waits until nothing has arrived at the party for a while. */
export const quiet = async (party: ForeignParty, quietMs = 700): Promise<void> => {
  let count = -1
  while (count !== party.received.length) {
    count = party.received.length
    await new Promise((resolve) => setTimeout(resolve, quietMs))
  }
}

/** Seconds after the time the fixtures carry, as ISO text. */
export const later = (seconds: number): string =>
  new Date(Date.parse('2026-03-01T10:00:00Z') + seconds * 1000).toISOString()
