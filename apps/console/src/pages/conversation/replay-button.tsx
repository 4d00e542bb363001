import { Alert, Button, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { replayMessage, type WholeMessage } from '../../api/messages.js'
import type { Partner } from '../../api/partners.js'
import { Confirm } from '../../parts/confirm.js'
import { useMay } from '../../sign-in/sign-in-state.js'
import { partnersQuery } from '../objects/queries.js'
import { correlationPage, partnerOf } from './message-words.js'

/** Why a message cannot be sent again; undefined where the node is to be asked. */
const reasonAgainst = (
  message: WholeMessage,
  partners: readonly Partner[],
  mayReplay: boolean,
): string | undefined => {
  const partner = partners.find(({ id }) => id === message.partner_id)
  if (message.direction !== 'out') return 'Only requests that this node sent can be sent again.'
  if (!mayReplay) return 'Sending again needs the role operator.'
  if (partner === undefined) return 'The partner of this message is no longer known here.'
  if (!partner.test_partner) return `${partner.name} is not marked as a test partner.`
  if (message.module === 'credentials' || message.request.hidden)
    return 'A secret was removed from the request, so it cannot be sent as it was.'
  if (message.request.cut) return 'The request is not kept whole: its body was too long.'
  return undefined
}

/** Sends a request again to a partner that is there for tests; says why where that is not possible. */
export const ReplayButton = ({ message }: { readonly message: WholeMessage }) => {
  const mayReplay = useMay('operator')
  const { data: partners } = useQuery(partnersQuery)
  const [asked, setAsked] = useState(false)
  const [done, setDone] = useState<Awaited<ReturnType<typeof replayMessage>>>()
  const reason =
    partners === undefined ? 'Partners are being read.' : reasonAgainst(message, partners, mayReplay)
  const run = async (): Promise<void> => setDone(await replayMessage(message.id))
  return (
    <Stack gap="xs">
      <Button
        size="xs"
        variant="default"
        w="fit-content"
        disabled={reason !== undefined}
        aria-describedby="replay-reason"
        onClick={() => setAsked(true)}
      >
        Send again
      </Button>
      <Text size="sm" c="dimmed" id="replay-reason">
        {reason ?? 'With the token of today, and a correlation id of its own.'}
      </Text>
      {done !== undefined && (
        <Alert color="blue" title={`Sent again: ${done.outcome.replaceAll('_', ' ')}`} role="status">
          {done.detail ?? `HTTP ${done.http_status ?? ''}, OCPI ${done.status_code ?? ''}`}{' '}
          <Link href={correlationPage(done.correlation_id)}>Its messages</Link>
        </Alert>
      )}
      <Confirm
        title="Send this request again?"
        does="Send again"
        opened={asked}
        onClose={() => setAsked(false)}
        run={run}
      >
        {partnerOf(message)} gets {message.method} {message.path} once more, and may act on it.
      </Confirm>
    </Stack>
  )
}
