import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getTraffic, type TrafficLine } from '../../api/node.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { Empty, Failure, Loading } from '../../parts/states.js'
import { Age } from '../../parts/values.js'

const columns: readonly Column<TrafficLine>[] = [
  {
    id: 'operation',
    title: 'OCPI exchange',
    value: ({ direction, operation }) => `${direction === 'in' ? '← ' : '→ '}${operation}`,
  },
  { id: 'ok', title: 'Fine', numeric: true, value: ({ ok }) => ok },
  { id: 'refused', title: 'Refused', numeric: true, value: ({ refused }) => refused },
  { id: 'outage', title: 'No answer', numeric: true, value: ({ outage }) => outage },
  { id: 'mean', title: 'Mean ms', numeric: true, value: ({ mean_ms }) => mean_ms ?? '' },
]

/** Lines on the first page; the busiest come first. */
const SHOWN = 8

/** OCPI exchanges of this node since it started. */
export const Traffic = () => {
  const traffic = useQuery({ queryKey: ['traffic'], queryFn: getTraffic, refetchInterval: 60_000 })
  if (traffic.isPending) return <Loading />
  if (traffic.isError) return <Failure error={traffic.error} retry={() => traffic.refetch()} />
  const { items, started_at } = traffic.data
  if (items.length === 0) return <Empty title="No OCPI message yet" />
  return (
    <div>
      <DataTable
        label="OCPI exchanges"
        columns={columns}
        rows={items.slice(0, SHOWN)}
        rowId={({ direction, operation }) => `${direction} ${operation}`}
      />
      <Text size="xs" c="dimmed" mt={6}>
        Since this node started, <Age at={started_at} />.
        {items.length > SHOWN && ` The busiest ${SHOWN} of ${items.length}; /metrics has all.`}
      </Text>
    </div>
  )
}
