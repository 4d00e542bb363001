import {
  type Endpoint,
  type Method,
  type ModuleContract,
  matchPath,
  type Operation,
  type PartyRole,
  type PathTemplate,
  pathTemplate,
  sideOffered,
  splitPath,
  type Version,
  versions,
} from '@interwatt/protocol'
import type { Call, Caller, Handlers, Reply } from './ports.js'
import { isRoleBound, modulePath, versionListPaths, versionPath } from './urls.js'

/** One thing a partner can ask, compiled once. */
export interface Target {
  readonly operation: Operation | 'versions.list' | 'versions.details' | 'unknown'
  readonly method: Method | 'OPTIONS'
  readonly template: PathTemplate
  /** None for the lists of versions. */
  readonly version: Version | undefined
  /** None for versions, which have no contract. */
  readonly endpoint: Endpoint | undefined
  /** Our role, where the address says it. */
  readonly ownRole: PartyRole | undefined
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
  versionList(list: ListedFor): Reply
  versionDetails(version: Version, caller: Caller, ownRole: PartyRole | undefined): Reply
}

/** Whom a list of versions is for: everybody, or those who connect to a role of ours. */
export type ListedFor = keyof typeof versionListPaths

interface Node {
  readonly children: Map<string, Node>
  readonly targets: Target[]
}

/** Compiles the version tables into one table of routes. Throws when an operation has no handler. */
export const compileRoutes = (handlers: Handlers, own: OwnAnswers): RouteTable => {
  const root = newNode()
  for (const list of LISTS) {
    const run = () => own.versionList(list)
    place(root, versionListPaths[list], ownTarget({ operation: 'versions.list', run }))
  }
  for (const version of versions)
    for (const ownRole of isRoleBound(version.id) ? ROLES : [undefined])
      placeVersion(root, { version, ownRole, handlers, own })
  return { find: (method, rawPath) => find(root, method, rawPath) }
}

const LISTS = ['all', 'CPO', 'EMSP'] as const
const ROLES = ['CPO', 'EMSP'] as const

interface VersionPlace {
  readonly version: Version
  readonly ownRole: PartyRole | undefined
  readonly handlers: Handlers
  readonly own: OwnAnswers
}

const placeVersion = (root: Node, { version, ownRole, handlers, own }: VersionPlace): void => {
  const run = (caller: Caller) => own.versionDetails(version, caller, ownRole)
  const details = ownTarget({ operation: 'versions.details', version, ownRole, run })
  place(root, versionPath(version.id, ownRole), details)
  for (const module of version.modules) {
    for (const endpoint of module.endpoints) {
      if (ownRole !== undefined && endpoint.side !== sideOffered(ownRole, module.id)) continue
      const target = endpointTarget({ version, ownRole, module, endpoint, handlers })
      place(root, modulePath(version.id, module.id, endpoint.side, ownRole), target)
    }
  }
}

const newNode = (): Node => ({ children: new Map(), targets: [] })

const ownTarget = (from: {
  operation: 'versions.list' | 'versions.details'
  version?: Version
  ownRole?: PartyRole | undefined
  run: (caller: Caller) => Reply
}): Target => ({
  operation: from.operation,
  method: 'GET',
  template: pathTemplate(''),
  version: from.version,
  ownRole: from.ownRole,
  endpoint: undefined,
  guarded: false,
  routed: false,
  answer: { by: 'server', run: from.run },
})

const endpointTarget = (from: {
  version: Version
  ownRole: PartyRole | undefined
  module: ModuleContract
  endpoint: Endpoint
  handlers: Handlers
}): Target => {
  const { version, ownRole, module, endpoint, handlers } = from
  if (!isOperation(handlers, endpoint.operation)) throw new Error(`no handler for ${endpoint.operation}`)
  // NOTE: sound because the call that reaches a handler is built from this very endpoint.
  const handler = handlers[endpoint.operation] as (call: Call) => Promise<Reply>
  return {
    operation: endpoint.operation,
    method: endpoint.method,
    template: pathTemplate(endpoint.path),
    version,
    ownRole,
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
  ownRole: undefined,
  endpoint: undefined,
  guarded: false,
  routed: false,
  answer: { by: 'server', run: () => ({ kind: 'data', headers: { allow: allow.join(', ') } }) },
})
