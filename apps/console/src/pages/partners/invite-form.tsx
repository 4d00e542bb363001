import { Alert, Button, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { type Invitation, invitePartner } from '../../api/partners.js'
import { CopiedValue } from '../../parts/copied-value.js'
import { Failure } from '../../parts/states.js'
import { Facts } from '../../parts/values.js'
import { AwaitPartner } from './await-partner.js'
import { EndFields, endsOf } from './ends.js'

/** What the partner has to get; the token is not shown again. */
export const HandOver = ({ invitation }: { readonly invitation: Invitation }) => (
  <Stack>
    <Alert color="blue" title="Hand this over to the partner" role="status">
      The token is shown only now. It can be used once, within 30 days.
    </Alert>
    <Facts
      facts={[
        ['Token', <CopiedValue key="token" value={invitation.token_a} />],
        ['Versions address', <CopiedValue key="versions" value={invitation.versions_url} />],
        ['For an eMSP on 2.1.1', <CopiedValue key="cpo" value={invitation.cpo_versions_url} />],
        ['For a CPO on 2.1.1', <CopiedValue key="emsp" value={invitation.emsp_versions_url} />],
      ]}
    />
    <Text size="sm">
      The partner is <Link href={`/partners/${encodeURIComponent(invitation.id)}`}>in the list</Link> as
      invited until it registers.
    </Text>
    <AwaitPartner id={invitation.id} />
  </Stack>
)

/** Invites a partner: the answer is what it needs. */
export const InviteForm = () => {
  const [name, setName] = useState('')
  const [missing, setMissing] = useState(false)
  const [ends, setEnds] = useState({ role: '', party: '' })
  const invite = useMutation({ mutationFn: () => invitePartner(name.trim(), endsOf(ends)) })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setMissing(name.trim() === '')
    if (name.trim() !== '') invite.mutate()
  }
  if (invite.data !== undefined) return <HandOver invitation={invite.data} />
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          label="Name"
          description="What you call the partner"
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
          error={missing ? 'A partner needs a name.' : undefined}
          required
        />
        <EndFields value={ends} onChange={setEnds} />
        {invite.isError && <Failure error={invite.error} />}
        <Button type="submit" loading={invite.isPending}>
          Make an invitation
        </Button>
      </Stack>
    </form>
  )
}
