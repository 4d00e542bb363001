import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Link } from 'wouter'
import type { Problem } from '../../api/health.js'
import type { Partner } from '../../api/partners.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { ExportMenu } from '../../parts/export-menu.js'
import { Empty, Failure, Loading, PageHead } from '../../parts/states.js'
import { Age, Mark } from '../../parts/values.js'
import { useMay } from '../../sign-in/sign-in-state.js'
import { partnersQuery, problemsQuery } from '../objects/queries.js'
import { backlogOf, byAttention, partiesOf, standingOf } from './health.js'

const columnsWith = (problems: readonly Problem[]): readonly Column<Partner>[] => [
  {
    id: 'name',
    title: 'Partner',
    value: ({ name }) => name,
    cell: ({ id, name }) => <Link href={`/partners/${encodeURIComponent(id)}`}>{name}</Link>,
  },
  {
    id: 'health',
    title: 'Health',
    value: (partner) => standingOf(partner, problems).word,
    cell: (partner) => {
      const { tone, word } = standingOf(partner, problems)
      return <Mark tone={tone}>{word}</Mark>
    },
  },
  { id: 'version', title: 'OCPI', value: ({ version }) => version ?? '' },
  { id: 'parties', title: 'Parties', value: partiesOf },
  { id: 'backlog', title: 'Waiting', numeric: true, value: backlogOf },
  { id: 'refusals', title: 'Refused', numeric: true, value: ({ health }) => health.refusals },
  {
    id: 'success',
    title: 'Last success',
    value: ({ health }) => health.last_success_at ?? '',
    cell: ({ health }) => <Age at={health.last_success_at ?? ''} />,
  },
]

const NO_PROBLEMS: readonly Problem[] = []

/** Columns of partners, here and on the first page. */
export const usePartnerColumns = (): readonly Column<Partner>[] => {
  const items = useQuery(problemsQuery).data?.items ?? NO_PROBLEMS
  return useMemo(() => columnsWith(items), [items])
}

/** A button that leads to a new partner, for those who may make one. */
export const NewPartnerButton = () =>
  useMay('operator') ? (
    <Button component={Link} href="/partners/new" size="sm">
      New partner
    </Button>
  ) : null

/** All partners. */
export const PartnerList = () => {
  const partners = useQuery(partnersQuery)
  const partnerColumns = usePartnerColumns()
  const [name, setName] = useState('')
  const [status, setStatus] = useState('')
  const all = partners.data ?? []
  const shown = byAttention(all).filter(
    (partner) =>
      partner.name.toLowerCase().includes(name.trim().toLowerCase()) &&
      (status === '' || partner.status === status),
  )
  const statuses = [...new Set(all.map((partner) => partner.status))].sort()
  return (
    <>
      <PageHead title="Partners" below={partners.data === undefined ? undefined : `${all.length} in all`}>
        <NewPartnerButton />
        <ExportMenu
          name="partners"
          columns={partnerColumns}
          fetchRows={async () => shown}
          document={(partner) => partner}
        />
      </PageHead>
      <Group gap="xs" mb="md">
        <TextInput
          size="xs"
          label="Name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label="Status"
          value={status}
          onChange={(event) => setStatus(event.currentTarget.value)}
          data={[{ value: '', label: 'All' }, ...statuses]}
        />
      </Group>
      {partners.isPending && <Loading />}
      {partners.isError && <Failure error={partners.error} retry={() => partners.refetch()} />}
      {partners.data !== undefined && shown.length === 0 && (
        <Empty title={all.length === 0 ? 'No partner yet' : 'No partner matches'}>
          {all.length === 0 && 'Invite one, or register with one that invited you.'}
        </Empty>
      )}
      {shown.length > 0 && (
        <DataTable label="Partners" columns={partnerColumns} rows={shown} rowId={({ id }) => id} />
      )}
    </>
  )
}
