import { Anchor, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import type { PartnerTraffic, Problem } from '../../api/health.js'
import type { Party } from '../../api/node.js'
import type { Partner } from '../../api/partners.js'
import { Mark, type Tone } from '../../parts/values.js'
import { backlogOf, standingOf } from '../partners/health.js'

/** Partners that are drawn; the rest is in the list. */
const DRAWN = 12

/** Exchanges a minute in one direction, and whether some went wrong. */
interface Flow {
  readonly perMinute: number
  readonly errors: number
}

const flowOf = (traffic: PartnerTraffic | undefined, partnerId: string, direction: string): Flow => {
  const line = traffic?.items.find((each) => each.partner_id === partnerId && each.direction === direction)
  if (line === undefined || traffic === undefined) return { perMinute: 0, errors: 0 }
  return { perMinute: line.exchanges / traffic.minutes, errors: line.errors }
}

const rate = ({ perMinute }: Flow): string => {
  if (perMinute === 0) return '0'
  if (perMinute < 1) return '< 1'
  return Math.round(perMinute).toLocaleString()
}

/** Roles in the order in which they are met, each once. */
const rolesOf = (roles: readonly string[]): string => [...new Set(roles)].join(' · ')

const hostOf = (url: string | null): string => {
  try {
    return url === null ? '' : new URL(url).host
  } catch {
    return ''
  }
}

const Parties = ({ names }: { readonly names: readonly string[] }) => {
  const shown = names.slice(0, 3)
  return (
    <span className="net-parties">
      {shown.join(', ')}
      {names.length > shown.length && ` and ${names.length - shown.length} more`}
    </span>
  )
}

const Us = ({ parties }: { readonly parties: readonly Party[] }) => (
  <div className="net-us">
    <span className="net-roles">{rolesOf(parties.flatMap(({ roles }) => roles)) || 'no party yet'}</span>
    <Text fw={650} size="lg" component="span">
      This node
    </Text>
    <Parties names={parties.map(({ country_code, party_id }) => `${country_code}*${party_id}`)} />
    <span className="net-parties">{window.location.host}</span>
  </div>
)

const stateOf = ({ perMinute, errors }: Flow, tone: Tone): string => {
  if (perMinute === 0) return 'still'
  if (errors === 0) return 'moving'
  return tone === 'bad' ? 'broken' : 'failing'
}

interface ArrowProps {
  readonly flow: Flow
  readonly way: 'out' | 'in'
  readonly tone: Tone
}

const Arrow = ({ flow, way, tone }: ArrowProps) => (
  <span className="net-flow">
    <span className="net-line" data-way={way} data-state={stateOf(flow, tone)} aria-hidden="true" />
    <span>
      {way === 'out' ? 'to it' : 'from it'} {rate(flow)}/min
      {flow.errors > 0 && `, ${flow.errors} not fine`}
    </span>
  </span>
)

interface BranchProps {
  readonly partner: Partner
  readonly traffic: PartnerTraffic | undefined
  readonly problems: readonly Problem[]
}

const Branch = ({ partner, traffic, problems }: BranchProps) => {
  const { tone, word } = standingOf(partner, problems)
  const waiting = backlogOf(partner)
  return (
    <li className="net-branch" data-tone={tone}>
      <div className="net-link">
        <Arrow way="out" tone={tone} flow={flowOf(traffic, partner.id, 'out')} />
        <span className="net-version">
          {partner.version === null ? 'not yet' : `OCPI ${partner.version}`}
        </span>
        <Arrow way="in" tone={tone} flow={flowOf(traffic, partner.id, 'in')} />
      </div>
      <div className="net-partner" data-tone={tone}>
        <span className="net-roles">{rolesOf(partner.roles.map(({ role }) => role)) || 'invited'}</span>
        <Link href={`/partners/${encodeURIComponent(partner.id)}`} className="net-name">
          {partner.name}
        </Link>
        <Parties names={partner.roles.map(({ country_code, party_id }) => `${country_code}*${party_id}`)} />
        <span className="net-parties">{hostOf(partner.versions_url)}</span>
        <span className="net-state">
          <Mark tone={tone}>{word}</Mark>
          {waiting > 0 && <span className="net-parties">{waiting.toLocaleString()} waiting</span>}
        </span>
      </div>
    </li>
  )
}

/** Draws this node and its partners: roles, version, state, and what passes between them. */
export const Diagram = ({
  parties,
  partners,
  traffic,
  problems,
}: {
  readonly parties: readonly Party[]
  readonly partners: readonly Partner[]
  readonly traffic: PartnerTraffic | undefined
  readonly problems: readonly Problem[]
}) => {
  const drawn = partners.slice(0, DRAWN)
  return (
    <section aria-label="Connections">
      <Title order={2} size="h4" mb="xs">
        Who is connected to whom
      </Title>
      <div className="net">
        <Us parties={parties} />
        <ul className="net-branches">
          {drawn.map((partner) => (
            <Branch key={partner.id} partner={partner} traffic={traffic} problems={problems} />
          ))}
        </ul>
      </div>
      <Text size="xs" c="dimmed" mt={6}>
        Exchanges a minute, over the last {traffic?.minutes ?? 5} minutes.{' '}
        {partners.length > drawn.length && (
          <Anchor component={Link} href="/partners" size="xs">
            {partners.length - drawn.length} more partners
          </Anchor>
        )}
      </Text>
    </section>
  )
}
