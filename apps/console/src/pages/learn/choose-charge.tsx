import { Alert, Button, Code, Group, Paper, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import { textAt } from '../../api/fields.js'
import { listParties, sendCommand } from '../../api/node.js'
import { getPage, type Row } from '../../api/objects.js'
import { Failure } from '../../parts/states.js'
import { Age, Status } from '../../parts/values.js'
import { useMay } from '../../sign-in/sign-in-state.js'
import { pageOf } from '../objects/object-link.js'
import { partnersQuery } from '../objects/queries.js'
import { findStart } from './start-choice.js'

const SHOWN = 5

/** Starts a session at a free bay of a partner, for a token of this node, and goes on with its tour. */
const StartButton = () => {
  const [, go] = useLocation()
  const { data: partners } = useQuery(partnersQuery)
  const start = useMutation({
    mutationFn: async () => {
      const choice = await findStart(partners ?? [])
      return choice === undefined ? undefined : sendCommand('START_SESSION', choice.body)
    },
    onSuccess: (command) => {
      if (command !== undefined) go(`/learn/commands/${encodeURIComponent(command.id)}?step=command`)
    },
  })
  return (
    <>
      <Button onClick={() => start.mutate()} loading={start.isPending} disabled={partners === undefined}>
        Start a session now
      </Button>
      {start.isSuccess && start.data === undefined && (
        <Alert color="yellow" title="Nothing to start" role="alert" w="100%">
          It takes a free charging bay of a partner and a valid token of this node; one of them is missing.
        </Alert>
      )}
      {start.isError && <Failure error={start.error} />}
    </>
  )
}

const Sessions = ({ rows }: { readonly rows: readonly Row[] }) => (
  <ul className="lesson-choices" aria-label="Sessions to learn from">
    {rows.map(({ document }) => (
      <li key={`${textAt(document, 'party_id')} ${textAt(document, 'id')}`}>
        <Link href={`/learn${pageOf('sessions', document)}`}>{textAt(document, 'id')}</Link>
        <Status value={textAt(document, 'status')} />
        <Text size="sm" c="dimmed" component="span">
          <Age at={textAt(document, 'last_updated')} />
        </Text>
      </li>
    ))}
  </ul>
)

const NoTraffic = () => (
  <Alert color="blue" title="This node has no session yet" role="note">
    <Text size="sm">
      The tour needs a charge: a partner on the other side, and somebody who charges. The demonstration has
      both, with simulated stations and drivers; it needs no installation.
    </Text>
    <Text size="sm" mt="xs">
      <Code>npm ci &amp;&amp; npm start</Code> in the folder of the project starts it and prints the addresses
      of its consoles.
    </Text>
  </Alert>
)

/** The second chapter: a charge to follow, one that runs, one that is over, the next one, or one of your own. */
export const ChooseCharge = () => {
  const parties = useQuery({ queryKey: ['parties', 'list'], queryFn: listParties })
  const sessions = useQuery({
    queryKey: ['sessions', 'learn'],
    queryFn: ({ signal }) => getPage('sessions', { limit: SHOWN, order: 'newest' }, signal),
  })
  const maySend = useMay('support')
  const isEmsp = parties.data?.some(({ roles }) => roles.includes('EMSP')) === true
  return (
    <Paper withBorder p="md" bg="var(--console-panel)">
      <Stack gap="md">
        <Text maw={720}>
          Follow one real charge from the first message to the checked bill. Nothing is made up: what you see
          is what the platforms say to each other, as it happens.
        </Text>
        <Group gap="sm">
          {isEmsp && maySend && <StartButton />}
          <Button component={Link} href="/learn/next" variant="default">
            Wait for the next session
          </Button>
        </Group>
        {isEmsp && !maySend && (
          <Text size="sm" c="dimmed">
            Starting a session needs the role support.
          </Text>
        )}
        {sessions.isError && <Failure error={sessions.error} retry={() => sessions.refetch()} />}
        {sessions.data !== undefined && sessions.data.rows.length === 0 && <NoTraffic />}
        {sessions.data !== undefined && sessions.data.rows.length > 0 && (
          <div>
            <Text size="sm" fw={600} mb={4}>
              Or take one of the newest
            </Text>
            <Sessions rows={sessions.data.rows} />
          </div>
        )}
      </Stack>
    </Paper>
  )
}
