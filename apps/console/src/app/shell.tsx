import {
  ActionIcon,
  AppShell,
  Burger,
  Button,
  Group,
  Menu,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Icon, Logo } from '../parts/icons.js'
import { ChangePassword } from '../sign-in/change-password.js'
import { useSignIn } from '../sign-in/sign-in-state.js'
import { ConnectionNotice } from './connection-notice.js'
import { useLive } from './live.js'
import { Navigation } from './navigation.js'

const LiveMark = () => {
  const { state } = useLive()
  const live = state.kind === 'live'
  const label = live ? 'Live' : state.kind === 'lost' ? 'Not connected' : 'Connecting'
  return (
    <Group gap={6} wrap="nowrap" visibleFrom="xs">
      <span className={`dot ${live ? 'dot-good' : 'dot-warn'}`} />
      <Text size="sm" data-live={state.kind}>
        {label}
      </Text>
    </Group>
  )
}

const SchemeButton = () => {
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const other = scheme === 'light' ? 'dark' : 'light'
  return (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={`Switch to ${other} colours`}
      onClick={() => setColorScheme(other)}
    >
      <Icon name={scheme === 'light' ? 'moon' : 'sun'} />
    </ActionIcon>
  )
}

const Person = () => {
  const { state, leave } = useSignIn()
  const [changing, { open, close }] = useDisclosure(false)
  if (state.kind !== 'somebody' && state.kind !== 'expired') return null
  const { key_name, account, role, version, public_url } = state.session
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="sm" px="sm" aria-label={`Signed in as ${key_name}, ${role}`}>
            <Text size="sm" truncate maw={120}>
              {key_name}
            </Text>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {account === null ? '' : `${account.login}, `}
            {role} on {public_url}
            <br />
            version {version}
          </Menu.Label>
          <Menu.Item component="a" href="/api/v1/reference">
            API reference
          </Menu.Item>
          {account !== null && <Menu.Item onClick={open}>Change password</Menu.Item>}
          <Menu.Item
            leftSection={<Icon name="out" />}
            onClick={() => {
              leave().catch(() => undefined)
            }}
          >
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ChangePassword opened={changing} onClose={close} />
    </>
  )
}

/** Header, navigation, and the page that is open. */
export const Shell = ({ children }: { readonly children: ReactNode }) => {
  const [opened, { toggle, close }] = useDisclosure(false)
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <a href="#content" className="skip-link">
        Skip to the page
      </a>
      <AppShell.Header bg="var(--console-panel)">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label="Navigation"
              aria-expanded={opened}
            />
            <Link href="/" className="home-link" aria-label="Interwatt, first page">
              <Logo />
              <Text fw={650} visibleFrom="xs" component="span">
                Interwatt
              </Text>
            </Link>
          </Group>
          <Group gap="sm" wrap="nowrap">
            <LiveMark />
            <SchemeButton />
            <Person />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" bg="var(--console-panel)" aria-label="Pages">
        <AppShell.Section grow className="nav-scroll">
          <Navigation onChosen={close} />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <ConnectionNotice />
        {children}
      </AppShell.Main>
    </AppShell>
  )
}
