import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inMemoryServices } from './testing/in-memory-services.js'
import { type OperatorServer, operatorServer } from './testing/operator-server.js'
import { pick } from './testing/pick.js'

let server: OperatorServer
let document: unknown

beforeAll(async () => {
  server = await operatorServer(inMemoryServices())
  document = await (await fetch(`${server.url}/api/v1/openapi.json`)).json()
})
afterAll(() => server[Symbol.asyncDispose]())

const entries = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : []

const operations = (): { method: string; path: string; operation: unknown }[] =>
  entries(pick(document, 'paths')).flatMap(([path, item]) =>
    entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )

const calls = (): Set<string> => new Set(operations().map(({ method, path }) => `${method} ${path}`))

test('lists every route of the operator API', async () => {
  const routes = server.app
    .printRoutes({ commonPrefix: false, includeHooks: false })
    .split('\n')
    .filter((line) => line.includes('('))
  const documented = new Set(operations().map(({ operation }) => pick(operation, 'operationId')))
  expect(documented.size).toBe(operations().length)
  expect(routes.length).toBeGreaterThan(40)
  for (const { method, path } of operations()) {
    const url = path.replace(/\{([a-z_]+)\}/g, ':$1')
    expect([url, server.app.hasRoute({ method, url })]).toEqual([url, true])
  }
})

test('has every call that the guide names', () => {
  const guide = readFileSync(new URL('../../../../docs/operator-api.md', import.meta.url), 'utf8')
  const named = [...guide.matchAll(/^\| `(GET|PUT|POST|PATCH|DELETE) ([^`?]+)/gm)].map(
    ([, method, path]) => `${method} ${path}`,
  )
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((call) => !calls().has(call))).toEqual([])
  const unnamed = [...calls()].filter((call) => !named.includes(call))
  expect(unnamed).toEqual([])
})

test('is OpenAPI 3.1 whose references all lead somewhere', () => {
  expect(pick(document, 'openapi')).toBe('3.1.0')
  const references: string[] = []
  const walk = (value: unknown): void => {
    for (const [name, item] of entries(value)) {
      if (name === '$ref' && typeof item === 'string') references.push(item)
      else walk(item)
    }
  }
  walk(document)
  expect(references.length).toBeGreaterThan(50)
  const broken = references.filter(
    (reference) => pick(document, reference.replace(/^#\//, '').replaceAll('/', '.')) === undefined,
  )
  expect(broken).toEqual([])
})

test('declares every path parameter, an answer, and the problem of every operation', () => {
  for (const { method, path, operation } of operations()) {
    const parameters = entries(pick(operation, 'parameters')).map(([, parameter]) => parameter)
    const declared = parameters
      .filter((parameter) => pick(parameter, 'in') === 'path')
      .map((parameter) => pick(parameter, 'name'))
    const wanted = [...path.matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => name)
    expect([method, path, declared]).toEqual([method, path, wanted])
    expect(pick(operation, 'summary')).toEqual(expect.any(String))
    expect(entries(pick(operation, 'responses')).length).toBeGreaterThan(1)
    expect(pick(operation, 'responses.default.content.application/problem+json')).toBeDefined()
  }
})

test('shows documents field by field, read from the field tables', () => {
  const put = pick(document, 'paths./api/v1/locations/{country_code}/{party_id}/{id}.put')
  expect(pick(put, 'requestBody.content.application/json.schema')).toEqual({
    $ref: '#/components/schemas/Location',
  })
  expect(pick(document, 'components.schemas.Location.properties.evses.items')).toEqual({
    $ref: '#/components/schemas/EVSE',
  })
  expect(pick(document, 'components.schemas.Location.required')).toContain('time_zone')
})

test('asks for a key everywhere but at health and where people enter', () => {
  expect(pick(document, 'security')).toEqual([{ operatorKey: [] }])
  const open = operations().filter(
    ({ operation }) =>
      entries(pick(operation, 'security')).length === 0 && pick(operation, 'security') !== undefined,
  )
  expect(open.map(({ path }) => path)).toEqual([
    '/health/live',
    '/health/ready',
    '/api/v1/session',
    '/api/v1/accounts/activation',
  ])
})
