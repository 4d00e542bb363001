import { hostsOf } from '@interwatt/protocol'
import type { Partner } from '@interwatt/store'

/** Hosts that a partner's token may be sent to: those of the addresses it registered (CMD-012). */
export const partnerHosts = (partner: Pick<Partner, 'versionsUrl' | 'endpoints'>): readonly string[] =>
  hostsOf([partner.versionsUrl ?? '', ...partner.endpoints.map((endpoint) => endpoint.url)])
