import { readFileSync } from 'node:fs'
import { canonicalVersion, type DocumentName, parseDocument, schemaOf } from '@interwatt/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inMemoryServices } from './testing/in-memory-services.js'
import { type OperatorServer, operatorServer } from './testing/operator-server.js'

let server: OperatorServer

beforeAll(async () => {
  server = await operatorServer(inMemoryServices())
})
afterAll(() => server[Symbol.asyncDispose]())

const GUIDES = ['operator-api.md', 'connect-a-cpo.md', 'connect-an-emsp.md']
const CALL = /^api (GET|PUT|POST|PATCH|DELETE) "?(\/[^\s"]+)"?(?: -d '([^']*)')?$/gm

interface Example {
  readonly guide: string
  readonly method: string
  readonly path: string
  readonly body: string | undefined
}

const examples: readonly Example[] = GUIDES.flatMap((guide) => {
  const text = readFileSync(new URL(`../../../../docs/${guide}`, import.meta.url), 'utf8')
  return [...text.matchAll(CALL)].map(([, method = '', path = '', body]) => ({ guide, method, path, body }))
})

const NAMES: Readonly<Record<string, DocumentName>> = {
  tariffs: 'tariff',
  locations: 'location',
  tokens: 'token',
}

test('the guides hold enough calls to be worth checking', () => {
  expect(examples.length).toBeGreaterThan(20)
})

test.each(examples)('$guide: $method $path is a call of the API that its schema accepts', async (example) => {
  const response = await server.call(example.method, `/api/v1${example.path}`, example.body)
  // NOTE: the objects of the guides are not in this empty node; what counts is that the request itself is right.
  expect([example.path, [200, 201, 204, 404].includes(response.status)]).toEqual([example.path, true])
  if (response.status === 404) expect(await response.text()).toMatch(/not known here|nothing to|no such/i)
})

const objects = examples.flatMap(({ method, path, body }) => {
  const [, collection = '', country = '', party = '', id = '', rest] = (path.split('?', 1)[0] ?? '').split(
    '/',
  )
  const name = NAMES[collection]
  return method === 'PUT' && name !== undefined && rest === undefined && body !== undefined
    ? [{ name, path, body, address: { country_code: country, party_id: party, id, uid: id } }]
    : []
})

test.each(objects)('$path: the document is valid as it stands', ({ name, body, address }) => {
  const schema = schemaOf(canonicalVersion.id, name)
  if (schema === undefined) throw new Error(`no schema of ${name}`)
  const stamp = { last_updated: '2026-03-01T10:00:00Z' }
  const filled: unknown = JSON.parse(body, (key, value: unknown) =>
    typeof value === 'object' && value !== null && ('connectors' in value || 'standard' in value)
      ? { ...value, ...stamp }
      : key === ''
        ? Object.assign({}, value, stamp, address)
        : value,
  )
  const parsed = parseDocument(schema, filled, 'whole')
  expect(
    parsed.findings.filter(({ severity, code }) => severity === 'error' && code !== 'unknown_field'),
  ).toEqual([])
})
