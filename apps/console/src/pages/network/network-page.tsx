import { Anchor, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import './network.css'
import { Link } from 'wouter'
import { getPartnerTraffic } from '../../api/health.js'
import { listParties, type Party } from '../../api/node.js'
import { getPage } from '../../api/objects.js'
import type { Partner } from '../../api/partners.js'
import { DataTable } from '../../parts/data-table.js'
import { Empty, Failure, Loading, PageHead } from '../../parts/states.js'
import { partnersQuery, problemsQuery } from '../objects/queries.js'
import { backlogOf, byAttention } from '../partners/health.js'
import { NewPartnerButton, usePartnerColumns } from '../partners/partner-list.js'
import { Diagram } from './diagram.js'
import { Attention, EverythingWorks, Mended, NobodyLooks } from './problems.js'
import { Traffic } from './traffic.js'

const EventChart = lazy(() => import('./event-chart.js'))

const Count = ({
  label,
  value,
  href,
}: {
  readonly label: string
  readonly value: string
  readonly href: string
}) => (
  <Paper withBorder p="md" bg="var(--console-panel)">
    <Text size="xl" fw={650}>
      {value}
    </Text>
    <Anchor component={Link} href={href} size="sm">
      {label}
    </Anchor>
  </Paper>
)

const useTotal = (
  collection: 'locations' | 'sessions' | 'cdrs',
  query: Readonly<Record<string, string>> = {},
): string => {
  const { data } = useQuery({
    queryKey: [collection, 'total', query],
    queryFn: async () => (await getPage(collection, { ...query, limit: 1 })).total,
  })
  return data?.toLocaleString() ?? '–'
}

const Counts = ({ waiting }: { readonly waiting: number }) => {
  const [locations, active, cdrs] = [
    useTotal('locations'),
    useTotal('sessions', { status: 'ACTIVE' }),
    useTotal('cdrs'),
  ]
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }}>
      <Count label="locations known" value={locations} href="/locations" />
      <Count label="sessions running" value={active} href="/sessions?status=ACTIVE" />
      <Count label="CDRs" value={cdrs} href="/cdrs" />
      <Count label="changes not delivered yet" value={waiting.toLocaleString()} href="/partners" />
    </SimpleGrid>
  )
}

const hostedText = (parties: readonly Party[]): string | undefined =>
  parties.length === 0
    ? undefined
    : `This node hosts ${parties
        .map(({ country_code, party_id, roles }) => `${country_code}*${party_id} (${roles.join(', ')})`)
        .join(', ')}`

const Health = ({ partners }: { readonly partners: readonly Partner[] }) => {
  const problems = useQuery(problemsQuery)
  if (problems.isPending) return <Loading lines={2} />
  if (problems.isError) return <Failure error={problems.error} retry={() => problems.refetch()} />
  const { watched, items } = problems.data
  if (items.length > 0) return <Attention problems={items} />
  return watched ? <EverythingWorks partners={partners} /> : <NobodyLooks />
}

const Connections = ({ partners }: { readonly partners: readonly Partner[] }) => {
  const parties = useQuery({ queryKey: ['parties'], queryFn: listParties })
  const problems = useQuery(problemsQuery)
  const traffic = useQuery({
    queryKey: ['partner-traffic'],
    queryFn: getPartnerTraffic,
    refetchInterval: 60_000,
  })
  if (partners.length === 0) return null
  return (
    <Diagram
      parties={parties.data ?? []}
      partners={byAttention(partners)}
      traffic={traffic.data}
      problems={problems.data?.items ?? []}
    />
  )
}

/** The first page: who is connected, how it stands, and what passes now. */
const NetworkPage = () => {
  const partners = useQuery(partnersQuery)
  const parties = useQuery({ queryKey: ['parties'], queryFn: listParties })
  const problems = useQuery(problemsQuery)
  const all = partners.data ?? []
  const columns = usePartnerColumns()
  const waiting = all.reduce((sum, partner) => sum + backlogOf(partner), 0)
  return (
    <Stack gap="lg">
      <div className="net-head">
        <PageHead title="Network" below={hostedText(parties.data ?? [])}>
          <NewPartnerButton />
        </PageHead>
      </div>
      {partners.isError && <Failure error={partners.error} retry={() => partners.refetch()} />}
      {partners.data !== undefined && <Health partners={all} />}
      <Connections partners={all} />
      <Counts waiting={waiting} />
      <Mended ended={problems.data?.ended ?? []} />
      <section aria-label="Partners">
        <Title order={2} size="h4" mb="xs">
          Partners
        </Title>
        {partners.isPending && <Loading />}
        {partners.data?.length === 0 && (
          <Empty title="No partner yet">Invite one, or register with one that invited you.</Empty>
        )}
        {all.length > 0 && (
          <DataTable label="Partners" columns={columns} rows={byAttention(all)} rowId={({ id }) => id} />
        )}
      </section>
      <section aria-label="Traffic">
        <Title order={2} size="h4" mb="xs">
          Traffic
        </Title>
        <Stack>
          <Suspense fallback={<Loading />}>
            <EventChart />
          </Suspense>
          <Traffic />
        </Stack>
      </section>
    </Stack>
  )
}
export default NetworkPage
