import { Paper, Tabs } from '@mantine/core'
import { useSearchParams } from 'wouter'
import { PageHead, Trouble } from '../../parts/states.js'
import { useMay } from '../../sign-in/sign-in-state.js'
import { InviteForm } from './invite-form.js'
import { RegisterForm } from './register-form.js'

/** Two ways to a new partner: we invite, or it invited us. */
export const NewPartnerPage = () => {
  const [search, setSearch] = useSearchParams()
  if (!useMay('operator'))
    return (
      <Trouble
        title="Your role is not enough"
        detail="This needs the role operator. Ask an admin for such a key."
      />
    )
  return (
    <>
      <PageHead
        title="New partner"
        below="A connection begins when one side hands a token over to the other."
      />
      <Tabs
        value={search.get('way') ?? 'invite'}
        onChange={(way) => setSearch({ way: way ?? 'invite' }, { replace: true })}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="invite">We invite it</Tabs.Tab>
          <Tabs.Tab value="register">It invited us</Tabs.Tab>
        </Tabs.List>
        <Paper withBorder p="md" bg="var(--console-panel)" maw={720}>
          <Tabs.Panel value="invite">
            <InviteForm />
          </Tabs.Panel>
          <Tabs.Panel value="register">
            <RegisterForm />
          </Tabs.Panel>
        </Paper>
      </Tabs>
    </>
  )
}
