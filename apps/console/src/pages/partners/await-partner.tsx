import { Alert, Loader, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { getPartner } from '../../api/partners.js'
import { Failure } from '../../parts/states.js'
import { handshakeOf, refusedAttempt } from './handshake.js'
import { newestMessage, useHandshakeMessages } from './handshake-messages.js'
import { HandshakeView, RemedyNote } from './handshake-view.js'
import { partiesOf } from './health.js'

const Following = ({ id, after }: { readonly id: string; readonly after: number }) => {
  const partner = useQuery({ queryKey: ['partners', 'one', id], queryFn: () => getPartner(id) })
  const done = partner.data?.status === 'REGISTERED'
  const messages = useHandshakeMessages(id, after, done)
  const refused = done ? undefined : refusedAttempt(messages)
  const end = done
    ? ({ kind: 'done' } as const)
    : refused !== undefined
      ? ({ kind: 'failed', step: 'credentials', failure: '' } as const)
      : ({ kind: 'running' } as const)
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        The handshake
      </Title>
      {!done && messages.length === 0 && (
        <Text size="sm" role="status">
          <Loader size="xs" mr="xs" className="lesson-waiting" /> Waiting for the partner. Its calls appear
          here as they come.
        </Text>
      )}
      {(done || messages.length > 0) && (
        <HandshakeView views={handshakeOf(messages, 'invite', end)} way="invite">
          {refused !== undefined && <RemedyNote {...refused} />}
        </HandshakeView>
      )}
      {done && partner.data !== undefined && (
        <Alert color="green" title={`Registered in OCPI ${partner.data.version}`} role="status">
          {partiesOf(partner.data)}. <Link href={`/partners/${encodeURIComponent(id)}`}>To its page</Link>
        </Alert>
      )}
      {!done && (
        <Text size="xs" c="dimmed">
          The partner called, and nothing is here? A call with a wrong token is{' '}
          <Link href="/conversation?partner=none">from nobody known</Link> to this node.
        </Text>
      )}
    </Stack>
  )
}

/** Waits for a partner that was invited, and shows its registration step by step. */
export const AwaitPartner = ({ id }: { readonly id: string }) => {
  const newest = useQuery({
    queryKey: ['messages', 'newest', id],
    queryFn: newestMessage,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (newest.isError) return <Failure error={newest.error} retry={() => newest.refetch()} />
  return newest.data === undefined ? null : <Following id={id} after={newest.data} />
}
