import { Anchor, Group, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link, Redirect } from 'wouter'
import { textAt } from '../../api/fields.js'
import type { Command } from '../../api/node.js'
import type { ObjectAddress } from '../../api/objects.js'
import { ApiFailure } from '../../api/request.js'
import { usePathSegments } from '../../parts/path-segments.js'
import { Failure, Loading, NothingHere, PageHead } from '../../parts/states.js'
import { useLiveMessages } from '../conversation/live-messages.js'
import { pageOf } from '../objects/object-link.js'
import { loadStart, loadTour } from './load-tour.js'
import { isRunning, type TourSources, tourOf } from './tour.js'
import { TourView } from './tour-view.js'

/** The way back to the beginning of Learn. */
const Back = ({ here }: { readonly here: string }) => (
  <Group mb="xs" gap={6}>
    <Anchor component={Link} href="/learn" size="sm">
      Learn
    </Anchor>
    <Text size="sm" c="dimmed" className="page-title">
      / {here}
    </Text>
  </Group>
)

const newestOf = ({ sessionMessages, commands, cdrMessages }: TourSources): number =>
  Math.max(
    0,
    ...[...sessionMessages, ...cdrMessages, ...commands.flatMap(({ messages }) => messages)].map(
      ({ id }) => id,
    ),
  )

/** Reads the tour again whenever something is said of its session, until nothing more is to come. */
const useLiveTour = (where: ObjectAddress, sources: TourSources | undefined): void => {
  const queries = useQueryClient()
  const follows = sources !== undefined && isRunning(tourOf(sources))
  const party = `${where.countryCode}*${where.partyId}`
  // NOTE: where the stream began stays the same, else it would be opened anew with every message.
  const since = useRef<number>(undefined)
  if (sources !== undefined) since.current ??= newestOf(sources)
  const live = useLiveMessages(
    { kind: 'session', party, object_id: where.id },
    follows ? since.current : undefined,
  )
  const newest = live[0]?.id
  useEffect(() => {
    if (newest !== undefined) queries.invalidateQueries({ queryKey: ['tour'] }).catch(() => undefined)
  }, [newest, queries])
}

/** The tour through a session, running or stored. */
export const SessionTour = () => {
  const [, , countryCode = '', partyId = '', id = ''] = usePathSegments()
  const where: ObjectAddress = { collection: 'sessions', countryCode, partyId, id }
  const tour = useQuery({
    queryKey: ['tour', 'session', countryCode, partyId, id],
    queryFn: () => loadTour(where),
  })
  useLiveTour(where, tour.data)
  const missing = tour.error instanceof ApiFailure && tour.error.status === 404
  const session = tour.data?.session
  return (
    <>
      <Back here={id} />
      {tour.isPending && <Loading />}
      {missing && <NothingHere what="session" />}
      {tour.isError && !missing && <Failure error={tour.error} retry={() => tour.refetch()} />}
      {tour.data !== undefined && session != null && (
        <>
          <PageHead
            title="One charge, message by message"
            below={
              <>
                Session <Link href={pageOf('sessions', session)}>{id}</Link>, {textAt(session, 'status')}.
                Arrow keys turn the pages.
              </>
            }
          />
          <TourView sources={tour.data} />
        </>
      )}
    </>
  )
}

const sessionOf = ({ party, session_id }: Command): string | undefined =>
  party === null || session_id === null
    ? undefined
    : `/learn${pageOf('sessions', { ...party, id: session_id })}${window.location.search}`

/** The tour from a command on, until its session is known; then that of the session. */
export const StartTour = () => {
  const [, , id = ''] = usePathSegments()
  const tour = useQuery({
    queryKey: ['tour', 'start', id],
    queryFn: () => loadStart(id),
    // NOTE: events tell of everything; this is for one that was missed.
    refetchInterval: 60_000,
  })
  const missing = tour.error instanceof ApiFailure && tour.error.status === 404
  const session = tour.data === undefined ? undefined : sessionOf(tour.data.command)
  if (session !== undefined) return <Redirect to={session} replace />
  return (
    <>
      <Back here={id} />
      {tour.isPending && <Loading />}
      {missing && <NothingHere what="command" />}
      {tour.isError && !missing && <Failure error={tour.error} retry={() => tour.refetch()} />}
      {tour.data !== undefined && (
        <>
          <PageHead
            title="One charge, message by message"
            below={`The start was sent: ${tour.data.command.response ?? 'not answered yet'}. Arrow keys turn the pages.`}
          />
          <TourView sources={tour.data} />
        </>
      )}
    </>
  )
}
