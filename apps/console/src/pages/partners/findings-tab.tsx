import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getFindings, type Partner, type PartnerFinding } from '../../api/partners.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { ExportMenu } from '../../parts/export-menu.js'
import { Empty, Failure, Loading } from '../../parts/states.js'
import { Age } from '../../parts/values.js'

const columns: readonly Column<PartnerFinding>[] = [
  { id: 'pointer', title: 'Where', value: ({ pointer }) => pointer || '/' },
  { id: 'message', title: 'What', value: ({ message }) => message },
  { id: 'rule', title: 'Rule', value: ({ rule }) => rule },
  { id: 'severity', title: 'Kind', value: ({ severity }) => severity },
  { id: 'operation', title: 'In', value: ({ operation }) => operation },
  { id: 'count', title: 'Times', numeric: true, value: ({ count }) => count },
  { id: 'last', title: 'Last', value: ({ last_at }) => last_at, cell: ({ last_at }) => <Age at={last_at} /> },
]

/** How the messages of the partner deviate from its version. */
export const FindingsTab = ({ partner: { id } }: { readonly partner: Partner }) => {
  const query = useQuery({ queryKey: ['partners', 'findings', id], queryFn: () => getFindings(id) })
  if (query.isPending) return <Loading />
  if (query.isError) return <Failure error={query.error} retry={() => query.refetch()} />
  if (query.data.length === 0) return <Empty title="Its messages keep to the specification" />
  return (
    <>
      <Group justify="flex-end" mb="sm">
        <ExportMenu
          name="findings"
          columns={columns}
          fetchRows={async () => query.data}
          document={(row) => row}
        />
      </Group>
      <DataTable
        label="Findings"
        columns={columns}
        rows={query.data}
        rowId={({ operation, pointer, code }) => `${operation} ${pointer} ${code}`}
      />
    </>
  )
}
