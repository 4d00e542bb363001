import type { Partner } from '@interwatt/store'

/** Hosts a partner named itself; links and addresses it gives elsewhere are not followed (CDR-027, CMD-012). */
export const hostsOf = (partner: Pick<Partner, 'endpoints' | 'versionsUrl'>): readonly string[] => {
  const urls = [...partner.endpoints.map((endpoint) => endpoint.url), partner.versionsUrl ?? '']
  const hosts = urls.map((url) => (URL.canParse(url) ? new URL(url).host : ''))
  return [...new Set(hosts)].filter((host) => host !== '')
}
