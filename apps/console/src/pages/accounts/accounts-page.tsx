import { Alert, Button, Group, NativeSelect, Paper, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  type Account,
  changeAccount,
  type InvitedAccount,
  inviteAccount,
  inviteAccountAgain,
  listAccounts,
} from '../../api/accounts.js'
import type { Role } from '../../api/session.js'
import { Confirm } from '../../parts/confirm.js'
import { CopiedValue } from '../../parts/copied-value.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { Empty, Failure, Loading, PageHead } from '../../parts/states.js'
import { Age, Mark } from '../../parts/values.js'
import { useMay, useSignIn } from '../../sign-in/sign-in-state.js'
import { roleChoices, roleOf } from '../keys/role-words.js'

const ACCOUNTS = ['accounts']

/** The code of an invitation; it is not shown again. */
const HandOver = ({ invited }: { readonly invited: InvitedAccount }) => (
  <Alert color="blue" mt="md" title={`Invitation of ${invited.name}, shown only now`} role="status">
    <Stack gap="xs">
      <CopiedValue value={invited.invitation_code} />
      <Text size="sm">
        Hand it over in person or by a safe way. {invited.name} opens this console, chooses “Invitation”,
        pastes the code and sets a password. It counts once, for seven days.
      </Text>
    </Stack>
  </Alert>
)

const InvitePerson = () => {
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const [role, setRole] = useState<Role>('support')
  const [tried, setTried] = useState(false)
  const invite = useMutation({
    mutationFn: () => inviteAccount({ name: name.trim(), login: login.trim(), role }),
    onSuccess: () => {
      setName('')
      setLogin('')
      setTried(false)
      return queries.invalidateQueries({ queryKey: ACCOUNTS })
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (name.trim() !== '' && login.trim() !== '') invite.mutate()
  }
  return (
    <Paper withBorder p="md" mb="md" bg="var(--console-panel)" component="form" onSubmit={submit} noValidate>
      <Group align="flex-start">
        <TextInput
          label="Name"
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
          error={tried && name.trim() === '' ? 'An account needs a name.' : undefined}
        />
        <TextInput
          label="Login, like an e-mail address"
          value={login}
          maxLength={254}
          onChange={(event) => setLogin(event.currentTarget.value)}
          error={tried && login.trim() === '' ? 'An account needs a login.' : undefined}
        />
        <NativeSelect
          label="Role"
          value={role}
          onChange={(event) => setRole(roleOf(event.currentTarget.value))}
          data={roleChoices}
        />
        <Button type="submit" loading={invite.isPending} mt={25}>
          Invite
        </Button>
      </Group>
      {invite.isError && <Failure error={invite.error} />}
      {invite.data !== undefined && <HandOver invited={invite.data} />}
    </Paper>
  )
}

const stateOf = ({ disabled_at, has_password }: Account) => {
  if (disabled_at !== null) return <Mark tone="warn">disabled</Mark>
  return has_password ? <Mark tone="good">in use</Mark> : <Mark tone="busy">invited</Mark>
}

const RoleSelect = ({ account }: { readonly account: Account }) => {
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: (role: Role) => changeAccount(account.id, { role }),
    onSettled: () => queries.invalidateQueries({ queryKey: ACCOUNTS }),
  })
  return (
    <NativeSelect
      size="xs"
      aria-label={`Role of ${account.name}`}
      value={account.role}
      disabled={change.isPending}
      error={change.isError ? 'Not changed' : undefined}
      onChange={(event) => change.mutate(roleOf(event.currentTarget.value))}
      data={roleChoices.map(({ value }) => value)}
    />
  )
}

interface Acting {
  readonly own: string
  readonly inviteAgain: (account: Account) => void
  readonly turn: (account: Account) => void
}

const columnsWith = (acting: Acting | undefined): readonly Column<Account>[] => [
  { id: 'name', title: 'Name', value: ({ name }) => name },
  { id: 'login', title: 'Login', value: ({ login }) => login },
  {
    id: 'role',
    title: 'Role',
    value: ({ role }) => role,
    cell: (account) =>
      acting === undefined || acting.own === account.id ? account.role : <RoleSelect account={account} />,
  },
  {
    id: 'state',
    title: 'State',
    value: ({ disabled_at, has_password }) => `${disabled_at ?? ''}${has_password}`,
    cell: stateOf,
  },
  {
    id: 'seen',
    title: 'Signed in',
    value: ({ last_sign_in_at }) => last_sign_in_at ?? '',
    cell: ({ last_sign_in_at }) => <Age at={last_sign_in_at ?? ''} />,
  },
  ...(acting === undefined
    ? []
    : [
        {
          id: 'actions',
          title: 'Actions',
          value: () => '',
          cell: (account: Account) => (
            <Group gap="xs">
              {account.disabled_at === null && (
                <Button size="compact-xs" variant="default" onClick={() => acting.inviteAgain(account)}>
                  New invitation
                </Button>
              )}
              {account.id !== acting.own && (
                <Button size="compact-xs" variant="default" onClick={() => acting.turn(account)}>
                  {account.disabled_at === null ? 'Disable' : 'Enable'}
                </Button>
              )}
            </Group>
          ),
        },
      ]),
]

const useActing = () => {
  const queries = useQueryClient()
  const { state } = useSignIn()
  const [chosen, setChosen] = useState<Account>()
  const again = useMutation({
    mutationFn: (account: Account) => inviteAccountAgain(account.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ACCOUNTS }),
  })
  const turn = async (): Promise<void> => {
    if (chosen !== undefined) await changeAccount(chosen.id, { disabled: chosen.disabled_at === null })
    await queries.invalidateQueries({ queryKey: ACCOUNTS })
  }
  const own = state.kind === 'somebody' ? (state.session.account?.id ?? '') : ''
  return { own, chosen, setChosen, again, turn }
}

/** People who may use this node. */
const AccountsPage = () => {
  const admin = useMay('admin')
  const accounts = useQuery({ queryKey: ACCOUNTS, queryFn: listAccounts })
  const { own, chosen, setChosen, again, turn } = useActing()
  const disables = chosen?.disabled_at === null
  return (
    <Stack gap={0}>
      <PageHead title="Accounts" below="People sign in with an account of their own. Programs use keys." />
      {admin && <InvitePerson />}
      {again.isError && <Failure error={again.error} />}
      {again.data !== undefined && <HandOver invited={again.data} />}
      {accounts.isPending && <Loading />}
      {accounts.isError && <Failure error={accounts.error} retry={() => accounts.refetch()} />}
      {accounts.data !== undefined && accounts.data.length === 0 && (
        <Empty title="No account yet">
          {admin ? 'Invite the first person above.' : 'An admin invites people.'}
        </Empty>
      )}
      {accounts.data !== undefined && accounts.data.length > 0 && (
        <DataTable
          label="Accounts"
          columns={columnsWith(admin ? { own, inviteAgain: again.mutate, turn: setChosen } : undefined)}
          rows={accounts.data}
          rowId={({ id }) => id}
        />
      )}
      <Confirm
        title={`${disables ? 'Disable' : 'Enable'} the account of ${chosen?.name ?? ''}?`}
        does={disables ? 'Disable' : 'Enable'}
        danger={disables}
        opened={chosen !== undefined}
        onClose={() => setChosen(undefined)}
        run={turn}
      >
        {disables
          ? 'The person is signed out everywhere at once and cannot sign in any more.'
          : 'The person can sign in again with the password from before.'}
      </Confirm>
    </Stack>
  )
}
export default AccountsPage
