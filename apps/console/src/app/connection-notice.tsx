import { Alert, Button, Group, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { getSession } from '../api/session.js'
import { useSignIn } from '../sign-in/sign-in-state.js'
import { useLive } from './live.js'

/** How long it is said that the connection is back, in milliseconds. */
const BACK_MS = 6_000

const useSecondsUntil = (atMs: number | undefined): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (atMs === undefined) return undefined
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [atMs])
  return atMs === undefined ? 0 : Math.max(0, Math.ceil((atMs - now) / 1000))
}

const Lost = ({ retryAtMs }: { readonly retryAtMs: number }) => {
  const { retry } = useLive()
  const seconds = useSecondsUntil(retryAtMs)
  return (
    <Alert color="orange" role="alert" title="No connection to the node" mb="md">
      <Group justify="space-between">
        <Text size="sm">
          It may be restarting. This page shows what was last known and goes on by itself; next attempt in{' '}
          {seconds} s.
        </Text>
        <Button size="xs" variant="default" onClick={retry}>
          Try now
        </Button>
      </Group>
    </Alert>
  )
}

/** Says that the connection is lost, that it is back, and that the node became another version meanwhile. */
export const ConnectionNotice = () => {
  const { state, recoveries } = useLive()
  const { state: signIn } = useSignIn()
  const [back, setBack] = useState(false)
  const [newVersion, setNewVersion] = useState<string>()
  const seen = useRef(0)
  const version = signIn.kind === 'somebody' ? signIn.session.version : undefined
  useEffect(() => {
    if (recoveries === seen.current) return undefined
    seen.current = recoveries
    setBack(true)
    getSession().then(
      (session) => setNewVersion(session.version === version ? undefined : session.version),
      () => undefined,
    )
    const timer = setTimeout(() => setBack(false), BACK_MS)
    return () => clearTimeout(timer)
  }, [recoveries, version])
  if (state.kind === 'lost') return <Lost retryAtMs={state.retryAtMs} />
  if (newVersion !== undefined)
    return (
      <Alert color="blue" role="status" title={`The node is version ${newVersion} now`} mb="md">
        <Button size="xs" variant="default" onClick={() => window.location.reload()}>
          Load its console
        </Button>
      </Alert>
    )
  if (!back) return null
  return (
    <Alert color="green" role="status" title="Connected again" mb="md">
      Everything on this page was read again.
    </Alert>
  )
}
