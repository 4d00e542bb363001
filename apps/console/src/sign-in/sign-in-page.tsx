import { Anchor, Button, Center, Group, Loader, Modal, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Logo } from '../parts/icons.js'
import { SignInForm } from './sign-in-form.js'
import { useSignIn } from './sign-in-state.js'

const Card = ({ children }: { readonly children: ReactNode }) => (
  <Center mih="100dvh" p="md" component="main">
    <Paper withBorder p="xl" w="100%" maw={420} bg="var(--console-panel)">
      <Stack gap="lg">
        <Group gap="sm">
          <Logo />
          <Title order={1} size="h3">
            Interwatt console
          </Title>
        </Group>
        {children}
      </Stack>
    </Paper>
  </Center>
)

/** Lets people in; asks again over the page when a sign-in ends, so that nothing they typed is lost. */
export const SignInGate = ({ children }: { readonly children: ReactNode }) => {
  const { state, entered, askAgain } = useSignIn()
  if (state.kind === 'asking')
    return (
      <Center mih="100dvh" component="main">
        <Loader aria-label="Asking the node who is signed in" />
      </Center>
    )
  if (state.kind === 'unreachable')
    return (
      <Card>
        <Text role="alert">{state.detail}</Text>
        <Button onClick={askAgain}>Try again</Button>
      </Card>
    )
  if (state.kind === 'nobody')
    return (
      <Card>
        <SignInForm onEntered={entered} />
        <Text size="sm">
          A program? Use the{' '}
          <Anchor href="/api/v1/reference" inherit underline="always">
            operator API
          </Anchor>
          .
        </Text>
      </Card>
    )
  return (
    <>
      {children}
      <Modal
        opened={state.kind === 'expired'}
        onClose={() => undefined}
        withCloseButton={false}
        closeOnEscape={false}
        closeOnClickOutside={false}
        title="Your sign-in has ended"
        centered
      >
        <Stack>
          <Text>Sign in again to go on where you were. Nothing on this page is lost.</Text>
          <SignInForm onEntered={entered} />
        </Stack>
      </Modal>
    </>
  )
}
