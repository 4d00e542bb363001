import { type PartyRole, partyOf, type VersionId, versions } from '@interwatt/protocol'
import type { AgreedModule } from '@interwatt/store'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { PartnerService } from '../../services.js'
import { found, ProblemError, problem, unwrap } from '../problem.js'
import { viewFinding, viewPartner, viewRefusal } from '../views.js'
import { idParams, line, listOf, object, party } from '../wire-schemas.js'

interface OfferedModule {
  identifier: string
  role: AgreedModule['side']
}

interface PostPartner {
  Body: {
    id?: string
    name: string
    versions_url?: string
    token_a?: string
    version?: VersionId
    role?: PartyRole
    party?: { country_code: string; party_id: string }
    modules?: OfferedModule[]
  }
}
interface PatchPartner {
  Params: { id: string }
  Body: {
    name?: string
    unlock_allowed?: boolean
    charging_profiles_allowed?: boolean
    test_partner?: boolean
    modules?: OfferedModule[]
  }
}
interface ById {
  Params: { id: string }
}

/** Modules not every peer knows, with the side of ours that is offered (PAY-041, INV-034, ROL-023). */
const offeredModules = {
  type: 'array',
  maxItems: 4,
  items: object(
    {
      identifier: { type: 'string', enum: ['payments', 'invoicereconciliation'] },
      role: { type: 'string', enum: ['SENDER', 'RECEIVER'], description: 'Our side' },
    },
    ['identifier', 'role'],
  ),
  description: 'Modules beyond the core that were agreed on with this partner',
} as const

const agreedModules = (offered: readonly OfferedModule[]): readonly AgreedModule[] =>
  offered.map(({ identifier, role }) => ({ module: identifier, side: role }))

const postBody = object(
  {
    name: line(100, 'For people'),
    id: {
      type: 'string',
      format: 'uuid',
      description:
        'When registering: id for the new partner, so that its messages can be followed from the first one on. An attempt that goes on an earlier one keeps its own',
    },
    versions_url: { ...line(255, 'Versions address of the partner; leave it out to invite'), format: 'uri' },
    token_a: { ...line(64, 'Registration token the partner handed over'), writeOnly: true },
    version: {
      type: 'string',
      enum: versions.map((known) => known.id),
      description: 'Newest common one when left out',
    },
    role: {
      type: 'string',
      enum: ['CPO', 'EMSP'],
      description:
        'Role of the partner; needed for a version that connects one party each (2.1.1), when it is not plain from the parties here',
    },
    party: {
      ...party,
      description: 'Party of this node on such a connection; needed when several play its role',
    },
    modules: offeredModules,
  },
  ['name'],
)

const patchBody = object(
  {
    name: line(100, 'For people'),
    unlock_allowed: {
      type: 'boolean',
      description: 'Whether the partner may send UNLOCK_CONNECTOR; false at first',
    },
    charging_profiles_allowed: {
      type: 'boolean',
      description:
        'Whether the partner, as an SCSP, may steer sessions of customers that are not its own; false at first',
    },
    test_partner: {
      type: 'boolean',
      description:
        'Whether the partner is there for tests: recorded requests may be sent to it again; false at first',
    },
    modules: offeredModules,
  },
  [],
)

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Partners'], summary, ...extra },
})

const register = async (partners: PartnerService, body: PostPartner['Body'], reply: FastifyReply) => {
  const { name, versions_url: versionsUrl, token_a: tokenA, version, role, modules } = body
  const ends = {
    ...(role === undefined ? {} : { role }),
    ...(body.party === undefined ? {} : { party: partyOf(body.party.country_code, body.party.party_id) }),
    ...(modules === undefined ? {} : { agreedModules: agreedModules(modules) }),
  }
  if (versionsUrl === undefined && tokenA === undefined) {
    if (body.id !== undefined) throw new ProblemError(problem(400, 'An invitation chooses its own id.'))
    const invitation = unwrap(await partners.invite({ name, ...ends }))
    return reply.code(201).header('cache-control', 'no-store').send(invitation)
  }
  if (versionsUrl === undefined || tokenA === undefined) {
    throw new ProblemError(
      problem(400, 'versions_url and token_a belong together; send both, or neither to invite.'),
    )
  }
  if (body.id !== undefined && (await partners.get(body.id)) !== undefined)
    throw new ProblemError(problem(409, 'There is a partner with this id.'))
  const input = { name, versionsUrl, tokenA, ...ends, ...(body.id === undefined ? {} : { id: body.id }) }
  const view = unwrap(await partners.register(version === undefined ? input : { ...input, version }))
  return reply.code(201).send(viewPartner(view))
}

const collection = (scope: FastifyInstance, partners: PartnerService): void => {
  scope.post<PostPartner>(
    '/partners',
    schema('postPartner', 'Invite a partner, or register with one that invited us', { body: postBody }),
    async (request, reply) => register(partners, request.body, reply),
  )
  scope.get(
    '/partners',
    schema('listPartners', 'All partners with their health', { response: { 200: listOf({}) } }),
    async () => ({
      items: (await partners.list()).map(viewPartner),
    }),
  )
}

const single = (scope: FastifyInstance, partners: PartnerService): void => {
  scope.get<ById>(
    '/partners/:id',
    schema('getPartner', 'One partner', { params: idParams }),
    async ({ params }) => viewPartner(found(await partners.get(params.id), 'The partner')),
  )
  scope.patch<PatchPartner>(
    '/partners/:id',
    schema(
      'patchPartner',
      'Rename a partner, or say what it may do and which further modules it is offered',
      {
        params: idParams,
        body: patchBody,
      },
    ),
    async ({ params, body }) => {
      const {
        name,
        unlock_allowed: unlockAllowed,
        charging_profiles_allowed: profilesAllowed,
        test_partner: isTest,
        modules,
      } = body
      const change = {
        ...(name === undefined ? {} : { name }),
        ...(unlockAllowed === undefined ? {} : { unlockAllowed }),
        ...(profilesAllowed === undefined ? {} : { profilesAllowed }),
        ...(isTest === undefined ? {} : { isTest }),
        ...(modules === undefined ? {} : { agreedModules: agreedModules(modules) }),
      }
      return viewPartner(unwrap(await partners.update(params.id, change)))
    },
  )
  scope.delete<ById>(
    '/partners/:id',
    schema('deletePartner', 'Unregister: the partner is told, then forgotten', { params: idParams }),
    async ({ params }) => unwrap(await partners.remove(params.id)),
  )
  scope.get<ById>(
    '/partners/:id/refusals',
    schema('listRefusals', 'Objects the partner did not accept, and why', { params: idParams }),
    async ({ params }) => {
      found(await partners.get(params.id), 'The partner')
      return { items: (await partners.refusals(params.id)).map(viewRefusal) }
    },
  )
}

const findings = (scope: FastifyInstance, partners: PartnerService): void => {
  scope.get<ById>(
    '/partners/:id/findings',
    schema('listFindings', 'How the messages of the partner deviate from its version', { params: idParams }),
    async ({ params }) => {
      found(await partners.get(params.id), 'The partner')
      return { items: (await partners.findings(params.id)).map(viewFinding) }
    },
  )
  scope.get<ById>(
    '/partners/:id/losses',
    schema('listLosses', 'What objects can lose on the way to the partner and from it, by its version', {
      params: idParams,
    }),
    async ({ params }) => unwrap(await partners.losses(params.id)),
  )
}

const actions = (scope: FastifyInstance, partners: PartnerService): void => {
  const act = (name: 'rotate' | 'suspend' | 'resume' | 'resync', summary: string): void => {
    scope.post<ById>(
      `/partners/:id/${name}`,
      schema(`${name}Partner`, summary, { params: idParams }),
      async ({ params }) => viewPartner(unwrap(await partners[name](params.id))),
    )
  }
  act('rotate', 'New credentials both ways, without an interval in which neither works')
  act('suspend', 'Refuse the partner and send it nothing; everything is kept')
  act('resume', 'End a suspension; the partner gets what it missed')
  act('resync', 'Push everything and pull everything again')
  scope.post<ById>(
    '/partners/:id/reinvite',
    schema('reinvitePartner', 'A new registration token for a partner that lost its credentials', {
      params: idParams,
    }),
    async ({ params }, reply) => {
      reply.header('cache-control', 'no-store')
      return unwrap(await partners.reinvite(params.id))
    },
  )
}

/** Connections to other platforms. */
export const partnerRoutes = (scope: FastifyInstance, partners: PartnerService): void => {
  collection(scope, partners)
  single(scope, partners)
  findings(scope, partners)
  actions(scope, partners)
}
