import type { OutageReason, Outcome } from '@interwatt/client'

/** A rule of the requirements and what an operator can do. */
export interface Remedy {
  readonly rule: string
  readonly remedy: string
}

/** Why a registration with a partner fails, each with the rule that decides and what to do about it. */
export const remedies = {
  token_refused: {
    rule: 'TRN-010',
    remedy:
      'Compare the token with the one the partner handed over. It is good for one registration: ask for a new one when an earlier attempt may have used it up.',
  },
  not_found: {
    rule: 'CRD-004',
    remedy:
      'Ask the partner for the address of its versions list: the one that was typed leads nowhere. It often ends with /versions.',
  },
  no_ocpi: {
    rule: 'TRN-030',
    remedy:
      'Something answers there, but not OCPI: often a web site, a proxy or a sign-in page. Check the address with the partner.',
  },
  unknown_host: {
    rule: 'VER-003',
    remedy:
      'The name in the address does not exist. Check its spelling, and whether this node can look names up.',
  },
  not_connected: {
    rule: 'VER-003',
    remedy:
      'Nobody listens at that address. Check host and port, and ask the partner whether its firewall lets this node in.',
  },
  tls: {
    rule: 'TRN-013',
    remedy:
      'The certificate of the partner is not valid for that name, has expired, or its chain is incomplete. The partner has to mend it.',
  },
  timeout: {
    rule: 'TRN-135',
    remedy:
      'The partner took too long. Try again; when it stays so, ask whether a firewall drops the requests of this node.',
  },
  server_error: {
    rule: 'TRN-053',
    remedy: 'The partner’s platform failed. Tell its engineers the time of this attempt, then try again.',
  },
  forbidden_address: {
    rule: 'CRD-037',
    remedy:
      'This node calls public https addresses only. ALLOW_PRIVATE_PARTNERS=true permits others, for tests on one’s own machines.',
  },
  refused: {
    rule: 'TRN-036',
    remedy:
      'The partner answered and said no; its message above says why. Ask its engineers with the time of this attempt.',
  },
  no_common_version: {
    rule: 'VER-011',
    remedy: 'This node speaks 2.1.1, 2.2.1 and 2.3.0. Ask the partner which address lists one of them.',
  },
  details_unusable: {
    rule: 'VER-004',
    remedy:
      'The partner answers something else than the details of the version. It has to mend that address.',
  },
  no_credentials_endpoint: {
    rule: 'VER-004',
    remedy:
      'The version details of the partner have to list its credentials endpoint; without it nobody can register.',
  },
  modules_missing: {
    rule: 'CRD-030',
    remedy:
      'The partner lists no module that anything could be exchanged with. It has to switch its modules on for this connection.',
  },
  unclear_end: {
    rule: 'VER-007',
    remedy:
      'This version connects one party in one role each. Say the role of the partner and the party of this node, then try again.',
  },
  already_registered: {
    rule: 'CRD-027',
    remedy:
      'The partner believes that the connection exists already. Ask it to remove this node and to hand over a new token.',
  },
  callback_failed: {
    rule: 'CRD-032',
    remedy:
      'The partner called this node back and did not get what it needed. PUBLIC_URL has to be an address that the partner reaches, with a valid certificate; its calls are shown above when they arrived.',
  },
  callback_version: {
    rule: 'CRD-033',
    remedy: 'The partner does not find its version in the list of this node. Register in another version.',
  },
  callback_endpoints: {
    rule: 'CRD-031',
    remedy:
      'The partner misses modules here. They follow from the roles of the parties this node hosts: check those.',
  },
  answer_lost: {
    rule: 'CRD-035',
    remedy:
      'Nobody knows whether the partner registered this node. Register again with the same token; if that is refused, ask the partner for a new one.',
  },
  party_taken: {
    rule: 'CRD-013',
    remedy:
      'Remove the other connection of this party first, or ask the partner to register as another party.',
  },
} as const satisfies Readonly<Record<string, Remedy>>

/** Why a registration failed. */
export type RegistrationFailure = keyof typeof remedies

const OUTAGES: Readonly<Record<OutageReason, RegistrationFailure>> = {
  timeout: 'timeout',
  tls: 'tls',
  unknown_host: 'unknown_host',
  not_connected: 'not_connected',
  server_error: 'server_error',
  no_ocpi: 'no_ocpi',
}

/** What failed when a request of a handshake got no good answer. */
export const failureOf = (outcome: Exclude<Outcome, { kind: 'ok' }>): RegistrationFailure => {
  switch (outcome.kind) {
    case 'forbidden_address':
      return 'forbidden_address'
    case 'not_offered':
      return 'modules_missing'
    case 'outage':
      return outcome.reason === undefined ? 'not_connected' : OUTAGES[outcome.reason]
    case 'refused':
      if (outcome.httpStatus === 401) return 'token_refused'
      return outcome.httpStatus === 404 ? 'not_found' : 'refused'
  }
}

/** Status codes by which a partner says what went wrong when it called this node back. */
const CALLBACKS: Readonly<Record<number, RegistrationFailure>> = {
  3001: 'callback_failed',
  3002: 'callback_version',
  3003: 'callback_endpoints',
}

/** What failed when the partner did not take our credentials. */
export const credentialsFailureOf = (outcome: Exclude<Outcome, { kind: 'ok' }>): RegistrationFailure => {
  if (outcome.kind !== 'refused') return failureOf(outcome)
  if (outcome.httpStatus === 405) return 'already_registered'
  return CALLBACKS[outcome.statusCode] ?? failureOf(outcome)
}
