import { Group, Paper, Stack, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import { docsAt, listAt, textAt } from '../../api/fields.js'
import type { Doc } from '../../api/reading.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { Empty } from '../../parts/states.js'
import { Age, Status } from '../../parts/values.js'
import { pageOf } from '../objects/object-link.js'

const powerOf = (connector: Doc): string => {
  const watts = Number(textAt(connector, 'max_electric_power'))
  if (watts > 0) return `${Math.round(watts / 100) / 10} kW`
  return `${textAt(connector, 'max_voltage')} V, ${textAt(connector, 'max_amperage')} A`
}

const columnsFor = (location: Doc): readonly Column<Doc>[] => [
  { id: 'id', title: 'Connector', value: (connector) => textAt(connector, 'id') },
  { id: 'standard', title: 'Plug', value: (connector) => textAt(connector, 'standard') },
  { id: 'format', title: 'Form', value: (connector) => textAt(connector, 'format') },
  { id: 'power', title: 'Power', numeric: true, value: powerOf },
  {
    id: 'tariffs',
    title: 'Tariffs',
    value: (connector) => listAt(connector, 'tariff_ids').join(', '),
    cell: (connector) => (
      <Group gap={6}>
        {listAt(connector, 'tariff_ids').map((id) => (
          <Link key={String(id)} href={pageOf('tariffs', { ...location, id: String(id) })}>
            {String(id)}
          </Link>
        ))}
      </Group>
    ),
  },
]

const Evse = ({ evse, location }: { readonly evse: Doc; readonly location: Doc }) => (
  <Paper withBorder p="md" bg="var(--console-panel)">
    <Group justify="space-between" mb="sm">
      <Title order={2} size="h5" className="page-title">
        {textAt(evse, 'evse_id') || textAt(evse, 'uid')}
      </Title>
      <Group gap="md">
        <Status value={textAt(evse, 'status')} />
        <Text size="sm" c="dimmed" component="span">
          said <Age at={textAt(evse, 'last_updated')} />
        </Text>
      </Group>
    </Group>
    <DataTable
      label={`Connectors of ${textAt(evse, 'uid')}`}
      columns={columnsFor(location)}
      rows={docsAt(evse, 'connectors')}
      rowId={(connector) => textAt(connector, 'id')}
    />
    {listAt(evse, 'capabilities').length > 0 && (
      <Text size="xs" c="dimmed" mt="sm" className="page-title">
        {listAt(evse, 'capabilities').join(', ')}
      </Text>
    )}
  </Paper>
)

/** The EVSEs of a location with their status, how old it is, and their connectors. */
export const Evses = ({ location }: { readonly location: Doc }) => {
  const evses = docsAt(location, 'evses')
  if (evses.length === 0) return <Empty title="This location has no EVSE" />
  return (
    <Stack>
      {evses.map((evse) => (
        <Evse key={textAt(evse, 'uid')} evse={evse} location={location} />
      ))}
    </Stack>
  )
}
