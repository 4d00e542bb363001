import { Alert, Button, Code, Group, List, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { ApiFailure } from '../api/request.js'

/** Stands for what is being fetched. */
export const Loading = ({ lines = 6 }: { readonly lines?: number }) => (
  <Stack gap="sm" role="status" aria-label="Loading">
    {Array.from({ length: lines }, (_, index) => (
      <Skeleton key={String(index)} height={index === 0 ? 32 : 20} width={index === 0 ? '40%' : '100%'} />
    ))}
  </Stack>
)

/** Says that there is nothing, and what to do about it. */
export const Empty = ({
  title,
  heading = false,
  children,
}: {
  readonly title: string
  /** True where it is all there is on a page. */
  readonly heading?: boolean
  readonly children?: ReactNode
}) => (
  <Paper withBorder p="xl" bg="var(--console-panel)">
    <Stack align="center" gap="xs">
      <Text fw={600} ta="center" {...(heading ? { component: 'h1' as const, m: 0 } : {})}>
        {title}
      </Text>
      {children !== undefined && (
        <Text size="sm" c="dimmed" ta="center" component="div">
          {children}
        </Text>
      )}
    </Stack>
  </Paper>
)

interface TroubleProps {
  readonly title: string
  readonly detail: string
  readonly action?: { readonly label: string; readonly run: () => void }
  readonly children?: ReactNode
}

/** Says what went wrong, and offers a way on. */
export const Trouble = ({ title, detail, action, children }: TroubleProps) => (
  <Alert color="red" title={title} role="alert">
    <Stack gap="sm" align="flex-start">
      <Text size="sm">{detail}</Text>
      {children}
      {action !== undefined && (
        <Button size="xs" variant="default" onClick={action.run}>
          {action.label}
        </Button>
      )}
    </Stack>
  </Alert>
)

/** What the node refused, with every complaint and the rule it cites. */
export const Failure = ({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) => {
  if (!(error instanceof ApiFailure))
    return (
      <Trouble
        title="This page failed"
        detail="Reload it; if that does not help, the log of the browser knows more."
      />
    )
  return (
    <Trouble
      title={error.title}
      detail={error.detail}
      {...(retry === undefined ? {} : { action: { label: 'Try again', run: retry } })}
    >
      {error.complaints.length > 0 && (
        <List size="sm">
          {error.complaints.map(({ pointer, message, rule }) => (
            <List.Item key={pointer + message}>
              <Code>{pointer === '' ? '/' : pointer}</Code> {message} {rule !== '' && `(${rule})`}
            </List.Item>
          ))}
        </List>
      )}
    </Trouble>
  )
}

/** Says that an address leads nowhere. */
export const NothingHere = ({ what }: { readonly what: string }) => (
  <Empty title={`There is no such ${what}`} heading>
    <Group justify="center" pt="xs">
      <Link href="/">To the first page</Link>
    </Group>
  </Empty>
)

/** The heading of a page, with what can be done there. */
export const PageHead = ({
  title,
  below,
  children,
}: {
  readonly title: ReactNode
  readonly below?: ReactNode
  readonly children?: ReactNode
}) => (
  <Group justify="space-between" align="flex-start" mb="md" gap="sm">
    <Stack gap={2} miw={0}>
      <Title order={1} size="h2" className="page-title">
        {title}
      </Title>
      {below !== undefined && (
        <Text c="dimmed" size="sm" component="div">
          {below}
        </Text>
      )}
    </Stack>
    {children !== undefined && <Group gap="xs">{children}</Group>}
  </Group>
)
