import { Button, Group, Modal, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { NodeEvent } from '../../api/node.js'
import { useRecentEvents } from '../../app/live.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { ExportMenu } from '../../parts/export-menu.js'
import { JsonView } from '../../parts/json-view.js'
import { Empty, PageHead } from '../../parts/states.js'
import { Age } from '../../parts/values.js'

/** Rows drawn at once. */
const SHOWN = 100

/** The events that arrive while the page is open. */
const EventsPage = () => {
  const { events, seen } = useRecentEvents()
  const [type, setType] = useState('')
  const [held, setHeld] = useState<readonly NodeEvent[]>()
  const [opened, setOpened] = useState<NodeEvent>()
  const matching = (held ?? events).filter((event) => event.type.includes(type.trim()))
  const columns: readonly Column<NodeEvent>[] = [
    { id: 'seq', title: 'No.', numeric: true, value: ({ seq }) => seq },
    { id: 'type', title: 'Type', value: (event) => event.type },
    { id: 'subject', title: 'About', value: ({ subject }) => subject },
    {
      id: 'at',
      title: 'When',
      value: ({ timestamp }) => timestamp,
      cell: ({ timestamp }) => <Age at={timestamp} />,
    },
    {
      id: 'data',
      title: 'Data',
      value: ({ data }) => JSON.stringify(data),
      cell: (event) => (
        <Button size="compact-xs" variant="default" onClick={() => setOpened(event)}>
          Show
        </Button>
      ),
    },
  ]
  return (
    <>
      <PageHead title="Events" below={`${seen.toLocaleString()} since this console was opened`}>
        <Button variant="default" size="sm" onClick={() => setHeld(held === undefined ? events : undefined)}>
          {held === undefined ? 'Hold' : 'Go on'}
        </Button>
        <ExportMenu
          name="events"
          columns={columns}
          fetchRows={async () => matching}
          document={(event) => event}
        />
      </PageHead>
      <Group mb="md">
        <TextInput
          size="xs"
          label="Type"
          placeholder="session."
          value={type}
          onChange={(event) => setType(event.currentTarget.value)}
        />
      </Group>
      {matching.length === 0 ? (
        <Empty title={events.length === 0 ? 'Nothing has happened yet' : 'No event matches'}>
          Events appear as they happen: objects that change, commands, partners that come and go.
        </Empty>
      ) : (
        <DataTable
          label="Events"
          columns={columns}
          rows={matching.slice(0, SHOWN)}
          rowId={({ seq }) => String(seq)}
        />
      )}
      {matching.length > SHOWN && (
        <Text size="sm" c="dimmed" mt="sm">
          The newest {SHOWN} of {matching.length} are shown; the export has all.
        </Text>
      )}
      <Modal
        opened={opened !== undefined}
        onClose={() => setOpened(undefined)}
        title={opened?.type}
        size="xl"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <JsonView value={opened?.data} label="Data of the event" />
      </Modal>
    </>
  )
}
export default EventsPage
