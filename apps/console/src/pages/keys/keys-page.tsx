import { Alert, Button, Group, NativeSelect, Paper, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Key, listKeys, makeKey, withdrawKey } from '../../api/node.js'
import type { Role } from '../../api/session.js'
import { Confirm } from '../../parts/confirm.js'
import { CopiedValue } from '../../parts/copied-value.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { Failure, Loading, PageHead } from '../../parts/states.js'
import { Age } from '../../parts/values.js'
import { useMay } from '../../sign-in/sign-in-state.js'
import { MAY, roleChoices, roleOf } from './role-words.js'

const MakeKey = () => {
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('support')
  const [missing, setMissing] = useState(false)
  const make = useMutation({
    mutationFn: () => makeKey(name.trim(), role),
    onSuccess: () => {
      setName('')
      return queries.invalidateQueries({ queryKey: ['keys'] })
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setMissing(name.trim() === '')
    if (name.trim() !== '') make.mutate()
  }
  return (
    <Paper withBorder p="md" mb="md" bg="var(--console-panel)" component="form" onSubmit={submit} noValidate>
      <Group align="flex-end">
        <TextInput
          label="For whom or what"
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
          error={missing ? 'A key needs a name.' : undefined}
        />
        <NativeSelect
          label="Role"
          value={role}
          onChange={(event) => setRole(roleOf(event.currentTarget.value))}
          data={roleChoices}
        />
        <Button type="submit" loading={make.isPending}>
          Make a key
        </Button>
      </Group>
      {make.isError && <Failure error={make.error} />}
      {make.data !== undefined && (
        <Alert color="blue" mt="md" title={`Key of ${make.data.name}, shown only now`} role="status">
          <CopiedValue value={make.data.key} />
        </Alert>
      )}
    </Paper>
  )
}

const columnsWith = (withdraw: ((key: Key) => void) | undefined): readonly Column<Key>[] => [
  { id: 'name', title: 'For', value: ({ name }) => name },
  { id: 'role', title: 'Role', value: ({ role }) => role },
  { id: 'may', title: 'May', value: ({ role }) => MAY[role] },
  { id: 'at', title: 'Made', value: (key) => key.created_at, cell: (key) => <Age at={key.created_at} /> },
  ...(withdraw === undefined
    ? []
    : [
        {
          id: 'withdraw',
          title: 'Withdraw',
          value: () => '',
          cell: (key: Key) => (
            <Button size="compact-xs" variant="default" onClick={() => withdraw(key)}>
              Withdraw
            </Button>
          ),
        },
      ]),
]

/** Who and what may use this node. */
const KeysPage = () => {
  const queries = useQueryClient()
  const admin = useMay('admin')
  const keys = useQuery({ queryKey: ['keys'], queryFn: listKeys })
  const [chosen, setChosen] = useState<Key>()
  const withdraw = async (): Promise<void> => {
    if (chosen !== undefined) await withdrawKey(chosen.id)
    await queries.invalidateQueries({ queryKey: ['keys'] })
  }
  return (
    <Stack gap={0}>
      <PageHead
        title="Operator keys"
        below="For programs, and for people without an account. The node keeps hashes only."
      />
      {admin && <MakeKey />}
      {keys.isPending && <Loading />}
      {keys.isError && <Failure error={keys.error} retry={() => keys.refetch()} />}
      {keys.data !== undefined && (
        <DataTable
          label="Operator keys"
          columns={columnsWith(admin ? setChosen : undefined)}
          rows={keys.data}
          rowId={({ id }) => id}
        />
      )}
      <Confirm
        title={`Withdraw the key of ${chosen?.name ?? ''}?`}
        does="Withdraw"
        danger
        opened={chosen !== undefined}
        onClose={() => setChosen(undefined)}
        run={withdraw}
      >
        It stops working at once, and whoever signed in with it is signed out.
      </Confirm>
    </Stack>
  )
}
export default KeysPage
