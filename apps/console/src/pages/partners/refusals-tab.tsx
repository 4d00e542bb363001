import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRefusals, type Partner, type Refusal } from '../../api/partners.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { ExportMenu } from '../../parts/export-menu.js'
import { Empty, Failure, Loading } from '../../parts/states.js'
import { Age } from '../../parts/values.js'

const columns: readonly Column<Refusal>[] = [
  { id: 'kind', title: 'Object', value: ({ kind, id }) => `${kind} ${id}` },
  { id: 'owner', title: 'Owner', value: ({ country_code, party_id }) => `${country_code}*${party_id}` },
  { id: 'http', title: 'HTTP', numeric: true, value: ({ http_status }) => http_status },
  { id: 'code', title: 'OCPI code', numeric: true, value: ({ status_code }) => status_code },
  { id: 'message', title: 'It said', value: ({ message }) => message },
  { id: 'at', title: 'When', value: ({ at }) => at, cell: ({ at }) => <Age at={at} /> },
]

/** Objects the partner did not accept, with its own words. */
export const RefusalsTab = ({ partner: { id } }: { readonly partner: Partner }) => {
  const query = useQuery({ queryKey: ['partners', 'refusals', id], queryFn: () => getRefusals(id) })
  if (query.isPending) return <Loading />
  if (query.isError) return <Failure error={query.error} retry={() => query.refetch()} />
  if (query.data.length === 0) return <Empty title="The partner accepted everything it was sent" />
  return (
    <>
      <Group justify="flex-end" mb="sm">
        <ExportMenu
          name="refusals"
          columns={columns}
          fetchRows={async () => query.data}
          document={(row) => row}
        />
      </Group>
      <DataTable
        label="Refused objects"
        columns={columns}
        rows={query.data}
        rowId={(row) => `${row.kind}/${row.country_code}/${row.party_id}/${row.id}`}
      />
    </>
  )
}
