import { Alert, Code, List, NativeSelect, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { ObjectAddress, Shown } from '../../api/objects.js'
import { JsonView } from '../../parts/json-view.js'
import { Empty, Failure, Loading } from '../../parts/states.js'
import { useRegistered, useShown } from './queries.js'

interface LossLine {
  readonly pointer: string
  readonly reason: string
  readonly severity: string
  readonly count: number
}

/** Losses that differ in the position in a list alone are one line; `*` stands for any position. */
const linesOf = (losses: Shown['losses']): readonly LossLine[] => {
  const lines = new Map<string, LossLine>()
  for (const { pointer, reason, severity } of losses) {
    const starred = pointer.replace(/\/\d+(?=\/|$)/g, '/*')
    const key = `${starred} ${reason} ${severity}`
    lines.set(key, { pointer: starred, reason, severity, count: (lines.get(key)?.count ?? 0) + 1 })
  }
  return [...lines.values()]
}

const Losses = ({ shown }: { readonly shown: Shown }) => {
  if (shown.withheld !== null)
    return (
      <Alert color="orange" title="This partner is not sent it" role="note">
        {shown.withheld}
      </Alert>
    )
  if (shown.losses.length === 0)
    return <Text size="sm">OCPI {shown.version}: nothing is lost on the way.</Text>
  return (
    <Alert
      color="yellow"
      title={`OCPI ${shown.version}: ${shown.losses.length} losses on the way`}
      role="note"
    >
      <List size="sm">
        {linesOf(shown.losses).map(({ pointer, reason, severity, count }) => (
          <List.Item key={`${pointer} ${reason} ${severity}`}>
            <Code>{pointer === '' ? '/' : pointer}</Code> {reason} ({severity}
            {count > 1 && `, ${count} times`})
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

const AsSent = ({ where, partner }: { readonly where: ObjectAddress; readonly partner: string }) => {
  const shown = useShown(where, partner)
  if (shown.isPending) return <Loading />
  if (shown.isError) return <Failure error={shown.error} retry={() => shown.refetch()} />
  return (
    <Stack>
      <Losses shown={shown.data} />
      {shown.data.document !== null && (
        <JsonView value={shown.data.document} label={`Document in OCPI ${shown.data.version}`} />
      )}
    </Stack>
  )
}

/** An object as a partner is sent it: in its version, with everything the version cannot carry. */
export const AsPartner = ({ where }: { readonly where: ObjectAddress }) => {
  const partners = useRegistered()
  const [chosen, setChosen] = useState('')
  const partner = chosen === '' ? (partners[0]?.id ?? '') : chosen
  if (partners.length === 0) return <Empty title="No partner is registered yet" />
  return (
    <Stack>
      <NativeSelect
        label="Partner"
        maw={320}
        value={partner}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={partners.map(({ id, name, version }) => ({ value: id, label: `${name} (OCPI ${version})` }))}
      />
      <AsSent where={where} partner={partner} />
    </Stack>
  )
}
