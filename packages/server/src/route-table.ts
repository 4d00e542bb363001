import {
  type Endpoint,
  type Method,
  type ModuleContract,
  matchPath,
  type Operation,
  type PathTemplate,
  pathTemplate,
  splitPath,
  type Version,
  versions,
} from '@interwatt/protocol'
import type { Call, Caller, Handlers, Reply } from './ports.js'
import { modulePath, versionListPaths, versionPath } from './urls.js'

/** One thing a partner can ask, compiled once. */
export interface Target {
  readonly operation: Operation | 'versions.list' | 'versions.details' | 'unknown'
  readonly method: Method | 'OPTIONS'
  readonly template: PathTemplate
  /** None for the lists of versions. */
  readonly version: Version | undefined
  /** None for versions, which have no contract. */
  readonly endpoint: Endpoint | undefined
  /** Modules but credentials need full access and the registered version, and are offered to whom they suit. */
  readonly guarded: boolean
  /** Whether routing headers are read and answered (HUB-001, HUB-002). */
  readonly routed: boolean
  readonly answer: Answer
}

/** An operation of a contract is handled by the platform, anything else by the server itself. */
export type Answer =
  | { readonly by: 'handler'; readonly operation: Operation; run(call: Call): Promise<Reply> }
  | { readonly by: 'server'; run(caller: Caller): Reply }

/** What a path leads to. `allow` is empty when nothing is there. */
export interface Found {
  readonly target: Target | undefined
  readonly params: Readonly<Record<string, string>>
  readonly allow: readonly string[]
}

export interface RouteTable {
  /** Looks up a raw path below the root; undefined when its escapes are malformed. */
  find(method: string, rawPath: string): Found | undefined
}

/** What the server answers itself. */
export interface OwnAnswers {
  versionList(): Reply
  versionDetails(version: Version, caller: Caller): Reply
}

interface Node {
  readonly children: Map<string, Node>
  readonly targets: Target[]
}

/** Compiles the version tables into one table of routes. Throws when an operation has no handler. */
export const compileRoutes = (handlers: Handlers, own: OwnAnswers): RouteTable => {
  const root = newNode()
  for (const path of versionListPaths)
    place(root, path, ownTarget('versions.list', undefined, own.versionList))
  for (const version of versions) {
    const details = (caller: Caller) => own.versionDetails(version, caller)
    place(root, versionPath(version.id), ownTarget('versions.details', version, details))
    for (const module of version.modules) {
      for (const endpoint of module.endpoints) {
        const target = endpointTarget({ version, module, endpoint, handlers })
        place(root, modulePath(version.id, module.id, endpoint.side), target)
      }
    }
  }
  return { find: (method, rawPath) => find(root, method, rawPath) }
}

const newNode = (): Node => ({ children: new Map(), targets: [] })

const ownTarget = (
  operation: 'versions.list' | 'versions.details',
  version: Version | undefined,
  run: (caller: Caller) => Reply,
): Target => ({
  operation,
  method: 'GET',
  template: pathTemplate(''),
  version,
  endpoint: undefined,
  guarded: false,
  routed: false,
  answer: { by: 'server', run },
})

const endpointTarget = (from: {
  version: Version
  module: ModuleContract
  endpoint: Endpoint
  handlers: Handlers
}): Target => {
  const { version, module, endpoint, handlers } = from
  if (!isOperation(handlers, endpoint.operation)) throw new Error(`no handler for ${endpoint.operation}`)
  // NOTE: sound because the call that reaches a handler is built from this very endpoint.
  const handler = handlers[endpoint.operation] as (call: Call) => Promise<Reply>
  return {
    operation: endpoint.operation,
    method: endpoint.method,
    template: pathTemplate(endpoint.path),
    version,
    endpoint,
    guarded: module.id !== 'credentials',
    routed: module.kind === 'functional' && version.traits.routingHeaders,
    answer: { by: 'handler', operation: endpoint.operation, run: handler },
  }
}

const isOperation = (handlers: Handlers, name: string): name is Operation => Object.hasOwn(handlers, name)

const literals = (target: Target): number =>
  target.template.parts.filter((part) => part.kind === 'literal').length

const place = (root: Node, path: string, target: Target): void => {
  let node = root
  for (const segment of path.split('/').slice(1)) {
    const child = node.children.get(segment) ?? newNode()
    node.children.set(segment, child)
    node = child
  }
  node.targets.push(target)
  // A path that is spelled out wins over one with a parameter in its place.
  node.targets.sort((a, b) => literals(b) - literals(a))
}

const find = (root: Node, method: string, rawPath: string): Found | undefined => {
  const segments = splitPath(rawPath)
  if (segments === undefined) return undefined
  let node: Node | undefined = root
  let depth = 0
  let place = root
  for (const [index, segment] of segments.entries()) {
    node = node.children.get(segment)
    if (node === undefined) break
    if (node.targets.length > 0) {
      place = node
      depth = index + 1
    }
  }
  return choose(place.targets, method === 'HEAD' ? 'GET' : method, segments.slice(depth))
}

const choose = (targets: readonly Target[], method: string, rest: readonly string[]): Found => {
  const allow = new Set<string>()
  let found: Target | undefined
  let params: Record<string, string> = {}
  for (const target of targets) {
    const matched = matchPath(target.template, rest)
    if (matched === undefined) continue
    allow.add(target.method)
    if (found !== undefined || target.method !== method) continue
    found = target
    params = matched
  }
  if (allow.has('GET')) allow.add('HEAD')
  if (allow.size > 0) allow.add('OPTIONS')
  const methods = [...allow]
  if (method === 'OPTIONS' && methods.length > 0) found = optionsTarget(methods)
  return { target: found, params, allow: methods }
}

const optionsTarget = (allow: readonly string[]): Target => ({
  operation: 'unknown',
  method: 'OPTIONS',
  template: pathTemplate(''),
  version: undefined,
  endpoint: undefined,
  guarded: false,
  routed: false,
  answer: { by: 'server', run: () => ({ kind: 'data', headers: { allow: allow.join(', ') } }) },
})
