import { Anchor, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { Link } from 'wouter'
import { listParties } from '../../api/node.js'
import { getPage } from '../../api/objects.js'
import type { Partner } from '../../api/partners.js'
import { DataTable } from '../../parts/data-table.js'
import { Empty, Failure, Loading, PageHead } from '../../parts/states.js'
import { Mark } from '../../parts/values.js'
import { partnersQuery } from '../objects/queries.js'
import { backlogOf, byAttention, healthOf } from '../partners/health.js'
import { NewPartnerButton, partnerColumns } from '../partners/partner-list.js'
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

/** Partners that need somebody, with the reason. */
const Attention = ({ partners }: { readonly partners: readonly Partner[] }) => {
  const failing = byAttention(partners).filter((partner) => ['bad', 'warn'].includes(healthOf(partner).tone))
  if (failing.length === 0) return null
  return (
    <section aria-label="Needs attention">
      <Title order={2} size="h4" mb="xs">
        Needs attention
      </Title>
      <Stack gap="xs">
        {failing.map((partner) => {
          const { tone, word, reason } = healthOf(partner)
          return (
            <Paper key={partner.id} withBorder p="sm" bg="var(--console-panel)">
              <Mark tone={tone}>
                <Link href={`/partners/${encodeURIComponent(partner.id)}`}>{partner.name}</Link> {word}
              </Mark>
              <Text size="sm" c="dimmed" className="page-title">
                {reason}
              </Text>
            </Paper>
          )
        })}
      </Stack>
    </section>
  )
}

const usePartyNames = (): string => {
  const { data } = useQuery({ queryKey: ['parties'], queryFn: listParties })
  return (data ?? [])
    .map(({ country_code, party_id, roles }) => `${country_code}*${party_id} (${roles.join(', ')})`)
    .join(', ')
}

/** The first page: who is connected, how it stands, and what passes now. */
const NetworkPage = () => {
  const partners = useQuery(partnersQuery)
  const hosted = usePartyNames()
  const all = partners.data ?? []
  const waiting = all.reduce((sum, partner) => sum + backlogOf(partner), 0)
  return (
    <Stack gap="lg">
      <div>
        <PageHead title="Network" below={hosted === '' ? undefined : `This node hosts ${hosted}`}>
          <NewPartnerButton />
        </PageHead>
        <Counts waiting={waiting} />
      </div>
      {partners.isError && <Failure error={partners.error} retry={() => partners.refetch()} />}
      <Attention partners={all} />
      <section aria-label="Partners">
        <Title order={2} size="h4" mb="xs">
          Partners
        </Title>
        {partners.isPending && <Loading />}
        {partners.data?.length === 0 && (
          <Empty title="No partner yet">Invite one, or register with one that invited you.</Empty>
        )}
        {all.length > 0 && (
          <DataTable
            label="Partners"
            columns={partnerColumns}
            rows={byAttention(all)}
            rowId={({ id }) => id}
          />
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
