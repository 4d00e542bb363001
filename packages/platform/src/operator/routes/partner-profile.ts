import type { PartnerProfile } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import type { DetectedQuirk } from '../../quirks/quirks.rules.js'
import type { PartnerService, ProfileView } from '../../services.js'
import { unwrap } from '../problem.js'
import { idParams, object } from '../wire-schemas.js'

interface WireProfile {
  readonly accepts?: { readonly missing_last_updated?: boolean; readonly long_texts?: boolean }
  readonly sends?: {
    readonly token_encoding?: 'base64' | 'plain'
    readonly trailing_slash?: boolean
    readonly put_for_patch?: boolean
  }
}

const flag = (description: string) => ({ type: 'boolean', description }) as const

const body = object({
  accepts: object({
    missing_last_updated: flag('A PATCH without last_updated counts as made when it arrives'),
    long_texts: flag('Free texts that are too long are cut instead of refused'),
  }),
  sends: object({
    token_encoding: {
      type: 'string',
      enum: ['base64', 'plain'],
      description: 'How the credentials token is written; what worked last when left out',
    },
    trailing_slash: flag('URLs end with a slash'),
    put_for_patch: flag('Whole objects instead of PATCH'),
  }),
})

const readProfile = ({ accepts = {}, sends = {} }: WireProfile): PartnerProfile => ({
  accepts: {
    ...(accepts.missing_last_updated === true && { missingLastUpdated: true }),
    ...(accepts.long_texts === true && { longTexts: true }),
  },
  sends: {
    ...(sends.token_encoding !== undefined && { tokenEncoding: sends.token_encoding }),
    ...(sends.trailing_slash === true && { trailingSlash: true }),
    ...(sends.put_for_patch === true && { putForPatch: true }),
  },
})

const wireName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const viewQuirk = (quirk: DetectedQuirk) => ({
  quirk: quirk.id,
  title: quirk.title,
  rule: quirk.rule,
  handled: quirk.handled,
  setting: quirk.setting === null ? null : wireName(quirk.setting),
  count: quirk.count,
  first_at: quirk.firstAt,
  last_at: quirk.lastAt,
  places: quirk.places,
  example: quirk.example,
})

const viewProfile = ({ detected, profile: { accepts, sends } }: ProfileView) => ({
  detected: detected.map(viewQuirk),
  accepts: {
    missing_last_updated: accepts.missingLastUpdated ?? false,
    long_texts: accepts.longTexts ?? false,
  },
  sends: {
    token_encoding: sends.tokenEncoding ?? null,
    trailing_slash: sends.trailingSlash ?? false,
    put_for_patch: sends.putForPatch ?? false,
  },
})

/** How a partner deviates from its version, and what is agreed about it. */
export const partnerProfileRoutes = (scope: FastifyInstance, partners: PartnerService): void => {
  const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
    schema: { operationId, tags: ['Partners'], summary, params: idParams, ...extra },
  })
  scope.get<{ Params: { id: string } }>(
    '/partners/:id/profile',
    schema(
      'getPartnerProfile',
      'Habits that the messages of the partner show, and what is agreed about them',
    ),
    async ({ params }) => viewProfile(unwrap(await partners.profile(params.id))),
  )
  scope.put<{ Params: { id: string }; Body: WireProfile }>(
    '/partners/:id/profile',
    schema(
      'putPartnerProfile',
      'Agree on deviations of the partner; what is left out keeps to the specification',
      {
        body,
      },
    ),
    async ({ params, body: wire }) =>
      viewProfile(unwrap(await partners.setProfile(params.id, readProfile(wire)))),
  )
}
