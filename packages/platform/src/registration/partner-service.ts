import { randomUUID } from 'node:crypto'
import { canonicalVersion, lossesBetween, otherRole } from '@interwatt/protocol'
import type { ObjectStore, Partner, PartnerPricing, PartnerProfile, SyncStore } from '@interwatt/store'
import { isWithheldText } from '@interwatt/sync'
import { DEFAULT_PRICING } from '../cdr-checks/review.rules.js'
import { quirksIn } from '../quirks/quirks.rules.js'
import { newSecretToken } from '../secrets.js'
import { type PartnerService, type PartnerView, type ProfileView, problem, type Result } from '../services.js'
import { registerWith, unregisterFrom } from './initiator.js'
import { noHostedParty, versionsUrls } from './own-credentials.js'
import { chooseEnd } from './own-end.rules.js'
import type { RegistrationDeps } from './receiver.js'
import { rotateWith } from './rotate.js'

export interface PartnerServiceDeps extends RegistrationDeps {
  readonly sync: SyncStore
  readonly objects: ObjectStore
  /** Changes waiting for a partner, per module. */
  backlog(partnerId: string): Promise<Readonly<Record<string, number>>>
  resync(partnerId: string): Promise<void>
  listFindings(partnerId: string): ReturnType<PartnerService['findings']>
  saveProfile(partnerId: string, profile: PartnerProfile): Promise<void>
  savePricing(partnerId: string, pricing: PartnerPricing): Promise<void>
}

type Invitation = {
  id: string
  token_a: string
  versions_url: string
  cpo_versions_url: string
  emsp_versions_url: string
}

/** Days an unused token A stays valid (CRD-038). */
const INVITATION_DAYS = 30

const notFound = (id: string) => problem(404, 'No such partner', `There is no partner ${id}.`)

/** Partners as the operator manages them (design 8.3). */
export const createPartnerService = (deps: PartnerServiceDeps): PartnerService => {
  const view = async (partner: Partner): Promise<PartnerView> => {
    const { outboundToken: _sealed, ...shown } = partner
    const [sync, backlog, refusals] = await Promise.all([
      deps.sync.get(partner.id),
      deps.backlog(partner.id),
      deps.sync.refusals({ partnerId: partner.id, limit: 1000 }),
    ])
    // NOTE: what our side keeps back, because its version cannot say it, was refused by nobody.
    const refused = refusals.filter(({ message }) => !isWithheldText(message))
    return { partner: shown, sync, backlog, refusals: refused.length }
  }
  const viewed = async (result: Result<Partner>): Promise<Result<PartnerView>> =>
    result.kind === 'done' ? { kind: 'done', value: await view(result.value) } : result
  const withPartner = async <T>(
    id: string,
    work: (partner: Partner) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const partner = await deps.partners.get(id)
    return partner ? work(partner) : notFound(id)
  }
  const profileOf = async (id: string): Promise<ProfileView> => ({
    detected: quirksIn(await deps.listFindings(id)),
    profile: deps.directory.profile(id),
  })
  const pricingOf = (id: string): PartnerPricing => deps.directory.profile(id).pricing ?? DEFAULT_PRICING
  const invitation = (id: string, token: string): Invitation => ({
    id,
    token_a: token,
    ...versionsUrls(deps.publicUrl),
  })
  const invitationToken = (partnerId: string, token: string) => ({
    hash: deps.secrets.hash(token),
    partnerId,
    purpose: 'invitation' as const,
    expiresAt: new Date(deps.now() + INVITATION_DAYS * 86_400_000).toISOString(),
  })
  const switchStatus = (id: string, from: Partner['status'], to: Partner['status'], reason: string | null) =>
    withPartner(id, async (partner) => {
      const changed: Partner = { ...partner, status: to, statusReason: reason }
      const tokens = await deps.partners.tokensOf(id)
      if (!(await deps.partners.change([from], { partner: changed, inboundTokens: tokens }))) {
        return problem(
          409,
          `The partner is ${partner.status}`,
          `Only a partner that is ${from} can become ${to}.`,
        )
      }
      await deps.directory.reload()
      deps.onChanged(changed)
      return viewed({ kind: 'done', value: changed })
    })
  return {
    async invite({ name, role, party, agreedModules = [] }) {
      const hosted = deps.directory.hosted()
      if (hosted.length === 0) return noHostedParty()
      const said = role !== undefined || party !== undefined
      const choice = said ? chooseEnd(hosted, { role: role && otherRole(role), party }) : undefined
      if (choice && 'unclear' in choice) return problem(422, 'Which party in which role?', choice.unclear)
      const token = newSecretToken()
      const partner: Partner = {
        id: randomUUID(),
        name,
        status: 'INVITED',
        version: null,
        versionsUrl: null,
        endpoints: [],
        roles: [],
        hubParty: null,
        outboundToken: null,
        tokenEncoding: null,
        statusReason: null,
        unlockAllowed: false,
        profilesAllowed: false,
        agreedModules,
        createdAt: new Date(deps.now()).toISOString(),
        registeredAt: null,
        own: choice?.end ?? null,
      }
      await deps.partners.create(partner, [invitationToken(partner.id, token)])
      await deps.directory.reload()
      deps.onChanged(partner)
      return { kind: 'done', value: invitation(partner.id, token) }
    },
    register: async (input) => viewed(await registerWith(deps, input)),
    reinvite: (id) =>
      withPartner(id, async (partner) => {
        const token = newSecretToken()
        const invited: Partner = {
          ...partner,
          status: 'INVITED',
          statusReason: 'Invited anew.',
          outboundToken: null,
          tokenEncoding: null,
        }
        const inboundTokens = [invitationToken(id, token)]
        if (!(await deps.partners.change([partner.status], { partner: invited, inboundTokens }))) {
          return problem(409, 'The connection changed meanwhile', 'Try again.')
        }
        await deps.directory.reload()
        deps.onChanged(invited)
        return { kind: 'done', value: invitation(id, token) }
      }),
    list: async () => Promise.all((await deps.partners.list()).map(view)),
    async get(id) {
      const partner = await deps.partners.get(id)
      return partner && view(partner)
    },
    rotate: (id) => withPartner(id, async (partner) => viewed(await rotateWith(deps, partner))),
    remove: (id) =>
      withPartner(id, async (partner) => ({ kind: 'done', value: await unregisterFrom(deps, partner) })),
    update: (id, change) =>
      withPartner(id, async (partner) => {
        const changed: Partner = { ...partner, ...change }
        const inboundTokens = await deps.partners.tokensOf(id)
        if (!(await deps.partners.change([partner.status], { partner: changed, inboundTokens }))) {
          return problem(409, 'The connection changed meanwhile', 'Try again.')
        }
        await deps.directory.reload()
        return viewed({ kind: 'done', value: changed })
      }),
    suspend: (id) => switchStatus(id, 'REGISTERED', 'SUSPENDED', 'Suspended by the operator.'),
    resume: (id) => switchStatus(id, 'SUSPENDED', 'REGISTERED', null),
    resync: (id) =>
      withPartner(id, async (partner) => {
        if (partner.status !== 'REGISTERED')
          return problem(409, 'The partner is not registered', `Its status is ${partner.status}.`)
        await deps.resync(id)
        return viewed({ kind: 'done', value: partner })
      }),
    losses: (id) =>
      withPartner(id, async ({ version }) =>
        version === null
          ? problem(409, 'The partner is not registered', 'It has no version yet.')
          : {
              kind: 'done',
              value: {
                sent: lossesBetween(canonicalVersion.id, version),
                received: lossesBetween(version, canonicalVersion.id),
              },
            },
      ),
    profile: (id) => withPartner(id, async () => ({ kind: 'done', value: await profileOf(id) })),
    setProfile: (id, profile) =>
      withPartner(id, async () => {
        await deps.saveProfile(id, profile)
        await deps.directory.reload()
        return { kind: 'done', value: await profileOf(id) }
      }),
    pricing: (id) => withPartner(id, async () => ({ kind: 'done', value: pricingOf(id) })),
    setPricing: (id, pricing) =>
      withPartner(id, async () => {
        await deps.savePricing(id, pricing)
        await deps.directory.reload()
        return { kind: 'done', value: pricingOf(id) }
      }),
    findings: (id) => deps.listFindings(id),
    refusals: (id) => deps.sync.refusals({ partnerId: id, limit: 1000 }),
  }
}
