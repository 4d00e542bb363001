import { ApiFailure } from '../../api/request.js'

/** Steps of a registration as people see them, in their order; the ids are those of the API. */
export const steps = [
  { id: 'versions', title: 'Read its list of versions', does: 'GET on the versions address, with the token' },
  { id: 'details', title: 'Read its endpoints', does: 'GET on the details of the newest common version' },
  {
    id: 'credentials',
    title: 'Exchange credentials',
    does: 'POST of ours; its answer brings the token for later',
  },
  {
    id: 'parties',
    title: 'Take over its parties',
    does: 'Each party in a role belongs to one connection only',
  },
] as const

const REMEDIES: readonly (readonly [test: (failure: ApiFailure) => boolean, remedy: string])[] = [
  [
    ({ title }) => title.includes('token'),
    'Ask the partner for a new registration token: it can be used once, and may have been used up by an earlier attempt.',
  ],
  [
    ({ title }) => title.includes('No common version'),
    'Ask the partner which address lists its other versions. This node speaks 2.1.1, 2.2.1 and 2.3.0.',
  ],
  [
    ({ title }) => title.includes('Endpoints are missing'),
    'The partner has to list the endpoints of its modules, credentials among them, in its version details.',
  ],
  [
    ({ title }) => title.includes('taken'),
    'Remove the other connection of this party first, or ask the partner to register as another party.',
  ],
  [
    ({ title }) => title.includes('Which party'),
    'Say the role of the partner and the party of this node above, then try again.',
  ],
  [
    ({ detail }) => detail.includes('may not be called'),
    'The address is not a public https address. ALLOW_PRIVATE_PARTNERS=true permits others, for tests.',
  ],
  [
    ({ step }) => step === 'credentials',
    'The partner has read our data and said no. Its answer above says why; ask its engineers with the time of this attempt.',
  ],
  [
    ({ step }) => step === 'versions' || step === 'details',
    'Check the address with the partner: it has to answer from this node, with https and a valid certificate.',
  ],
]

/** What the operator can do about a failed registration; empty when nothing is known. */
export const remedyFor = (failure: unknown): string =>
  failure instanceof ApiFailure ? (REMEDIES.find(([test]) => test(failure))?.[1] ?? '') : ''

/** How each step stands: done before the one that failed, all done when none did. */
export const progressOf = (failedAt: string): readonly ('done' | 'failed' | 'open')[] => {
  const index = steps.findIndex(({ id }) => id === failedAt)
  return steps.map((_, position) => (position < index ? 'done' : position === index ? 'failed' : 'open'))
}
