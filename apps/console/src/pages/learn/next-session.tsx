import { Alert, Group, Loader, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, Redirect } from 'wouter'
import { getMessages, type Message } from '../../api/messages.js'
import { Failure, Loading, PageHead } from '../../parts/states.js'
import { useLiveMessages } from '../conversation/live-messages.js'
import { pageOf } from '../objects/object-link.js'

/** The tour of the session that a message is about; undefined for other messages. */
const tourOfMessage = ({ operation, object }: Message): string | undefined =>
  operation !== 'sessions.receiver.put' || object === null || object.party_id === null
    ? undefined
    : `/learn${pageOf('sessions', { country_code: object.country_code, party_id: object.party_id, id: object.id })}?step=begin`

/** Waits for the next session that is told of, then goes on with its tour. */
export const NextSession = () => {
  const newest = useQuery({
    queryKey: ['messages', 'newest'],
    queryFn: () => getMessages({ limit: 1 }),
    gcTime: 0,
    staleTime: 0,
  })
  const since = newest.isFetchedAfterMount ? (newest.data?.items[0]?.id ?? 0) : undefined
  const live = useLiveMessages({ module: 'sessions' }, since)
  const tour = live
    .toReversed()
    .map(tourOfMessage)
    .find((address) => address !== undefined)
  if (tour !== undefined) return <Redirect to={tour} replace />
  return (
    <>
      <PageHead
        title="Waiting for the next session"
        below="The tour begins by itself as soon as one is told of."
      />
      {newest.isPending && <Loading lines={2} />}
      {newest.isError && <Failure error={newest.error} retry={() => newest.refetch()} />}
      {newest.data?.recording.enabled === false && (
        <Alert color="orange" title="Nothing is recorded now" role="note" mb="md">
          The setting RECORD_MESSAGES is off; the tour needs recorded messages.
        </Alert>
      )}
      {since !== undefined && (
        <Alert color="blue" title="Listening" role="status">
          <Group gap="sm" wrap="nowrap">
            <Loader size="xs" className="lesson-waiting" aria-hidden="true" />
            <Text size="sm">
              In the demonstration it takes a few seconds. On a node without traffic nothing comes:{' '}
              <Link href="/learn">go back</Link> and take a session that is stored.
            </Text>
          </Group>
        </Alert>
      )}
    </>
  )
}
