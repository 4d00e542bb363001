import { Alert, Anchor, Group, Paper, Stack, Tabs, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearchParams } from 'wouter'
import { getPartner, type Partner } from '../../api/partners.js'
import { ApiFailure } from '../../api/request.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { Empty, Failure, Loading, NothingHere, PageHead } from '../../parts/states.js'
import { localTime } from '../../parts/times.js'
import { Age, Facts, Mark } from '../../parts/values.js'
import { Attention } from '../network/problems.js'
import { problemsQuery } from '../objects/queries.js'
import { FindingsTab } from './findings-tab.js'
import { healthOf, partiesOf, standingOf } from './health.js'
import { LossesTab } from './losses-tab.js'
import { PartnerActions } from './partner-actions.js'
import { ProfileTab } from './profile-tab.js'
import { RefusalsTab } from './refusals-tab.js'
import { ScorecardTab } from './scorecard-tab.js'

const Overview = ({ partner }: { readonly partner: Partner }) => {
  const { health } = partner
  return (
    <Paper withBorder p="md" bg="var(--console-panel)">
      <Facts
        facts={[
          [
            'Status',
            `${partner.status}${partner.status_reason === null ? '' : `: ${partner.status_reason}`}`,
          ],
          ['OCPI', partner.version],
          ['Parties', partiesOf(partner)],
          [
            'Our end',
            partner.own === null
              ? ''
              : `${partner.own.country_code}*${partner.own.party_id} ${partner.own.role}`,
          ],
          [
            'Hub',
            partner.hub_party === null
              ? ''
              : `${partner.hub_party.country_code}*${partner.hub_party.party_id}`,
          ],
          ['Versions address', partner.versions_url],
          ['Registered', localTime(partner.registered_at ?? '')],
          ['Last success', <Age key="success" at={health.last_success_at ?? ''} />],
          ['Last error', health.last_error],
          ['Next attempt', health.retry_at === null ? '' : <Age key="retry" at={health.retry_at} />],
          ['May unlock connectors', partner.unlock_allowed ? 'yes' : 'no'],
          ['There for tests', partner.test_partner ? 'yes: recorded requests may be sent to it again' : 'no'],
          ['May steer sessions of others', partner.charging_profiles_allowed ? 'yes' : 'no'],
        ]}
      />
    </Paper>
  )
}

interface ModuleRow {
  readonly module: string
  readonly side: string
  readonly url: string
}

const moduleColumns: readonly Column<ModuleRow>[] = [
  { id: 'module', title: 'Module', value: ({ module }) => module },
  { id: 'side', title: 'Its side', value: ({ side }) => side },
  { id: 'url', title: 'Address', value: ({ url }) => url },
]

interface SyncRow {
  readonly module: string
  readonly cursor: number
  readonly waiting: number
}

const syncColumns: readonly Column<SyncRow>[] = [
  { id: 'module', title: 'Module', value: ({ module }) => module },
  { id: 'waiting', title: 'Waiting', numeric: true, value: ({ waiting }) => waiting },
  { id: 'cursor', title: 'Delivered up to', numeric: true, value: ({ cursor }) => cursor },
]

const syncRows = ({ health: { cursors, backlog } }: Partner): readonly SyncRow[] =>
  [...new Set([...Object.keys(cursors), ...Object.keys(backlog)])].sort().map((module) => ({
    module,
    cursor: cursors[module] ?? 0,
    waiting: backlog[module] ?? 0,
  }))

const Sync = ({ partner }: { readonly partner: Partner }) => {
  const rows = syncRows(partner)
  if (rows.length === 0) return <Empty title="Nothing is sent to this partner" />
  return (
    <DataTable label="Delivery by module" columns={syncColumns} rows={rows} rowId={({ module }) => module} />
  )
}

const Modules = ({ partner }: { readonly partner: Partner }) => {
  const rows = partner.endpoints.map(({ identifier, role, url }) => ({ module: identifier, side: role, url }))
  if (rows.length === 0) return <Empty title="Its modules are not known yet" />
  return (
    <DataTable
      label="Modules"
      columns={moduleColumns}
      rows={rows}
      rowId={({ module, side }) => `${module} ${side}`}
    />
  )
}

const TABS = [
  ['overview', 'Overview', (partner: Partner) => <Overview partner={partner} />],
  ['scorecard', 'Scorecard', (partner: Partner) => <ScorecardTab partner={partner} />],
  ['delivery', 'Delivery', (partner: Partner) => <Sync partner={partner} />],
  ['refusals', 'Refused', (partner: Partner) => <RefusalsTab partner={partner} />],
  ['modules', 'Modules', (partner: Partner) => <Modules partner={partner} />],
  ['losses', 'Losses', (partner: Partner) => <LossesTab partner={partner} />],
  ['findings', 'Findings', (partner: Partner) => <FindingsTab partner={partner} />],
  ['profile', 'Profile', (partner: Partner) => <ProfileTab partner={partner} />],
] as const

const Found = ({ partner }: { readonly partner: Partner }) => {
  const [search, setSearch] = useSearchParams()
  const { tone, word, reason } = healthOf(partner)
  const problems = useQuery(problemsQuery).data?.items ?? []
  const isConnected = partner.status === 'REGISTERED'
  const own = problems.filter(({ partner_id }) => isConnected && partner_id === partner.id)
  const standing = standingOf(partner, problems)
  return (
    <>
      <PageHead title={partner.name} below={<Mark tone={standing.tone}>{standing.word}</Mark>}>
        <PartnerActions partner={partner} />
      </PageHead>
      <Stack>
        {own.length > 0 && <Attention problems={own} />}
        {own.length === 0 && reason !== '' && (
          <Alert color={tone === 'bad' ? 'red' : 'yellow'} title={`Why it is ${word}`} role="note">
            {reason}
          </Alert>
        )}
        <Tabs
          value={search.get('tab') ?? 'overview'}
          onChange={(tab) => setSearch({ tab: tab ?? 'overview' }, { replace: true })}
          keepMounted={false}
        >
          <Tabs.List mb="md">
            {TABS.map(([value, label]) => (
              <Tabs.Tab key={value} value={value}>
                {label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {TABS.map(([value, , content]) => (
            <Tabs.Panel key={value} value={value}>
              {content(partner)}
            </Tabs.Panel>
          ))}
        </Tabs>
      </Stack>
    </>
  )
}

/** Everything about one partner. */
export const PartnerPage = () => {
  const { id = '' } = useParams()
  const partner = useQuery({
    queryKey: ['partners', 'one', id],
    queryFn: () => getPartner(id),
    refetchInterval: 60_000,
  })
  const missing = partner.error instanceof ApiFailure && partner.error.status === 404
  return (
    <>
      <Group mb="xs" gap={6}>
        <Anchor component={Link} href="/partners" size="sm">
          Partners
        </Anchor>
        <Text size="sm" c="dimmed">
          / {partner.data?.name ?? ''}
        </Text>
      </Group>
      {partner.isPending && <Loading />}
      {missing && <NothingHere what="partner" />}
      {partner.isError && !missing && <Failure error={partner.error} retry={() => partner.refetch()} />}
      {partner.data !== undefined && <Found partner={partner.data} />}
    </>
  )
}
