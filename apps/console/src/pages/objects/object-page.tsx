import { Alert, Anchor, Group, Paper, Stack, Tabs, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link, useSearchParams } from 'wouter'
import { textAt } from '../../api/fields.js'
import type { Collection, FoundObject, ObjectAddress } from '../../api/objects.js'
import type { Doc } from '../../api/reading.js'
import { ApiFailure } from '../../api/request.js'
import { JsonView } from '../../parts/json-view.js'
import { usePathSegments } from '../../parts/path-segments.js'
import { Failure, Loading, NothingHere, PageHead } from '../../parts/states.js'
import { Age, Facts } from '../../parts/values.js'
import { AsPartner } from './as-partner.js'
import { ownerOf } from './object-link.js'
import { useObject, usePartnerNames } from './queries.js'

/** A further tab of an object's page. */
export interface ObjectTab {
  readonly value: string
  readonly label: string
  readonly content: (document: Doc) => ReactNode
}

interface ObjectPageProps {
  readonly collection: Collection
  readonly list: string
  readonly one: string
  /** What people call it. */
  readonly title: (document: Doc) => string
  /** What it says, for people. */
  readonly facts: (document: Doc) => readonly (readonly [name: string, value: ReactNode])[]
  readonly tabs?: readonly ObjectTab[]
}

const useAddress = (collection: Collection): ObjectAddress => {
  const [, countryCode = '', partyId = '', id = ''] = usePathSegments()
  const [search] = useSearchParams()
  const type = search.get('type')
  return { collection, countryCode, partyId, id, ...(type === null ? {} : { type }) }
}

/** Leads to what each partner is sent of an own object. */
const RECEIVERS = [
  'Who receives it',
  <Link key="receivers" href="?tab=partner">
    see partner by partner, and as what
  </Link>,
] as const

const Found = ({
  where,
  found,
  page,
}: {
  readonly where: ObjectAddress
  readonly found: FoundObject
  readonly page: ObjectPageProps
}) => {
  const nameOf = usePartnerNames()
  const [search, setSearch] = useSearchParams()
  const { document, receivedFrom, versionIn, deletedAt } = found
  const { tabs = [] } = page
  const select = (value: string | null): void =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        after.set('tab', value ?? 'overview')
        return after
      },
      { replace: true },
    )
  return (
    <Stack>
      {deletedAt !== null && (
        <Alert color="orange" title="Deleted" role="note">
          It was deleted <Age at={deletedAt} />.
        </Alert>
      )}
      <Tabs value={search.get('tab') ?? 'overview'} onChange={select} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          {tabs.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value}>
              {label}
            </Tabs.Tab>
          ))}
          <Tabs.Tab value="document">Document</Tabs.Tab>
          {receivedFrom === null && <Tabs.Tab value="partner">As a partner sees it</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Paper withBorder p="md" bg="var(--console-panel)">
            <Facts
              facts={[
                ...page.facts(document),
                ['Owner', ownerOf(document)],
                ['From', `${nameOf(receivedFrom)}${versionIn === '' ? '' : `, in OCPI ${versionIn}`}`],
                ...(receivedFrom === null ? [RECEIVERS] : []),
                ['Last updated', <Age key="age" at={textAt(document, 'last_updated')} />],
              ]}
            />
          </Paper>
        </Tabs.Panel>
        {tabs.map(({ value, content }) => (
          <Tabs.Panel key={value} value={value}>
            {content(document)}
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="document">
          <JsonView value={document} label="Document in OCPI 2.3.0" />
        </Tabs.Panel>
        <Tabs.Panel value="partner">
          <AsPartner where={where} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}

/** The page of one OCPI object: what it says, its document, and what partners get of it. */
export const ObjectPage = (props: ObjectPageProps) => {
  const { collection, list, one, title } = props
  const where = useAddress(collection)
  const object = useObject(where)
  const missing = object.error instanceof ApiFailure && object.error.status === 404
  return (
    <>
      <Group mb="xs" gap={6}>
        <Anchor component={Link} href={`/${collection}`} size="sm">
          {list}
        </Anchor>
        <Text size="sm" c="dimmed" aria-hidden="true">
          /
        </Text>
        <Text size="sm" c="dimmed" className="page-title">
          {where.id}
        </Text>
      </Group>
      {object.data !== undefined && <PageHead title={title(object.data.document)} />}
      {object.isPending && <Loading />}
      {missing && <NothingHere what={one} />}
      {object.isError && !missing && <Failure error={object.error} retry={() => object.refetch()} />}
      {object.data !== undefined && <Found where={where} found={object.data} page={props} />}
    </>
  )
}
