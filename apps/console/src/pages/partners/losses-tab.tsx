import { Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getLosses, type Partner, type PartnerLosses } from '../../api/partners.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { Empty, Failure, Loading } from '../../parts/states.js'

type LossRow = PartnerLosses['sent'][number]

const columns: readonly Column<LossRow>[] = [
  { id: 'document', title: 'Document', value: ({ document }) => document },
  { id: 'pointer', title: 'Where', value: ({ pointer }) => pointer || 'the whole object' },
  { id: 'crossing', title: 'Between', value: ({ from, to }) => `${from} → ${to}` },
  { id: 'reason', title: 'Why', value: ({ reason }) => reason },
]

const idOf = ({ document, from, to, pointer, reason }: LossRow): string =>
  [document, from, to, pointer, reason].join(' ')

const Half = ({ title, rows }: { readonly title: string; readonly rows: readonly LossRow[] }) => (
  <Stack gap="xs">
    <Title order={2} size="h5">
      {title}
    </Title>
    <DataTable label={title} columns={columns} rows={rows} rowId={idOf} />
  </Stack>
)

/** What objects can lose on the way to the partner and from it, because of its version. */
export const LossesTab = ({ partner: { id, version } }: { readonly partner: Partner }) => {
  const query = useQuery({
    queryKey: ['partners', 'losses', id],
    queryFn: () => getLosses(id),
    enabled: version !== null,
  })
  if (version === null) return <Empty title="It has no version yet" />
  if (query.isPending) return <Loading />
  if (query.isError) return <Failure error={query.error} retry={() => query.refetch()} />
  const { sent, received } = query.data
  if (sent.length === 0 && received.length === 0)
    return <Empty title={`Nothing is lost: OCPI ${version} is the version objects are stored in`} />
  return (
    <Stack>
      {sent.length > 0 && <Half title="On the way to the partner" rows={sent} />}
      {received.length > 0 && <Half title="On the way from the partner" rows={received} />}
    </Stack>
  )
}
