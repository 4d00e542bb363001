import { createHash } from 'node:crypto'
import { canonicalVersion, jsonText } from '@interwatt/protocol'
import type { Document, StoredObject } from '@interwatt/store'
import type { FastifyReply } from 'fastify'
import type { ShownObject, Written } from '../../services.js'
import { ProblemError, problem } from '../problem.js'

const factsOf = (object: StoredObject): Record<string, string> => ({
  'x-interwatt-version-in': object.versionIn,
  'x-interwatt-last-updated': object.lastUpdated,
  'x-interwatt-changed-seq': String(object.changedSeq),
  ...(object.receivedFrom === null ? {} : { 'x-interwatt-received-from': object.receivedFrom }),
  ...(object.deletedAt === null ? {} : { 'x-interwatt-deleted-at': object.deletedAt }),
})

const entityTag = (text: string): string =>
  `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`

const matches = (header: string | undefined, tag: string): boolean =>
  (header ?? '').split(',').some((candidate) => {
    const bare = candidate.trim().replace(/^W\//, '')
    return bare === '*' || bare === tag
  })

/** The document that is shown; 409 with the reason when the version or the partner gets none. */
export const shownDocument = ({ version, document, withheld }: ShownObject): Document => {
  if (document !== null) return document
  const detail = `${withheld} Add losses=true to see it in full.`
  throw new ProblemError(problem(409, detail, { title: `Withheld in OCPI ${version}` }))
}

/** Answers the document, or why there is none, together with every loss. */
export const sendWithLosses = (reply: FastifyReply, shown: ShownObject): FastifyReply => {
  const { object, version, document, withheld, losses } = shown
  return reply.headers(factsOf(object)).send({ version, document, withheld, losses })
}

/** Answers a document, or a part of it, with its facts in headers, or 304 when the caller has this very text. */
export const sendDocument = (reply: FastifyReply, shown: ShownObject, document: Document): FastifyReply => {
  const { object, version, losses } = shown
  const text = jsonText(document)
  if (version !== canonicalVersion.id) reply.header('x-interwatt-losses', losses.length)
  const tag = entityTag(text)
  reply.headers({ ...factsOf(object), etag: tag, 'cache-control': 'private, no-cache' })
  if (matches(reply.request.headers['if-none-match'], tag)) return reply.code(304).send()
  return reply.type('application/json; charset=utf-8').send(text)
}

/** Answers a write: what the store made of it, with the facts in headers. */
export const sendWritten = (reply: FastifyReply, { created, object, findings }: Written): FastifyReply => {
  const deleted = object.deletedAt === null ? {} : { deleted_at: object.deletedAt }
  const warned = findings.length === 0 ? {} : { findings }
  return reply
    .code(created ? 201 : 200)
    .headers(factsOf(object))
    .send({
      created,
      last_updated: object.lastUpdated,
      changed_seq: object.changedSeq,
      ...deleted,
      ...warned,
    })
}

/** The body with the id of the address where it has none. The key of an object is folded, its document keeps the spelling. */
export const withId = (
  body: unknown,
  idName: 'id' | 'uid' | 'terminal_id',
  id: string | undefined,
): unknown => (typeof body === 'object' && body !== null ? { [idName]: id, ...body } : body)
