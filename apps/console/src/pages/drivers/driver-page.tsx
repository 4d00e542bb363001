import { Button, Paper, Stack, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import { type DriverFile, deleteDriver, getDriver, type Vehicle } from '../../api/drivers.js'
import { ApiFailure } from '../../api/request.js'
import { Breadcrumb } from '../../parts/breadcrumb.js'
import { Confirm } from '../../parts/confirm.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { Empty, Failure, Loading, NothingHere, PageHead } from '../../parts/states.js'
import { localTime } from '../../parts/times.js'
import { Facts } from '../../parts/values.js'
import { useMay } from '../../sign-in/sign-in-state.js'
import { CardsPanel } from './cards-panel.js'
import { languageOf, shownName } from './driver-words.js'

const kwOf = (kw: string | null): string => (kw === null ? '' : `${kw} kW`)

const cars: readonly Column<Vehicle>[] = [
  { id: 'name', title: 'Car', value: ({ name }) => name },
  { id: 'battery', title: 'Battery', numeric: true, value: ({ battery_kwh }) => `${battery_kwh} kWh` },
  {
    id: 'ac',
    title: 'AC',
    numeric: true,
    value: ({ max_ac_kw, ac_phases }) =>
      max_ac_kw === null ? '' : `${kwOf(max_ac_kw)}, ${ac_phases} ${ac_phases === 1 ? 'phase' : 'phases'}`,
  },
  { id: 'dc', title: 'DC', numeric: true, value: ({ max_dc_kw }) => kwOf(max_dc_kw) },
  { id: 'plugs', title: 'Plugs', value: ({ plugs }) => plugs.join(', ') },
]

const Delete = ({ driver }: { readonly driver: DriverFile }) => {
  const queries = useQueryClient()
  const [, go] = useLocation()
  const [asked, setAsked] = useState(false)
  const run = async (): Promise<void> => {
    await deleteDriver(driver.id)
    go('/drivers')
    await queries.invalidateQueries({ queryKey: ['drivers', 'list'] })
  }
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        Delete driver
      </Button>
      <Confirm
        title={`Delete ${shownName(driver)}?`}
        does="Delete"
        danger
        typed="delete"
        opened={asked}
        onClose={() => setAsked(false)}
        run={run}
      >
        App and cards stop working at all partners. Account, cars, cards and problem reports are gone for
        good; sessions and CDRs stay as records of account.
      </Confirm>
    </>
  )
}

const Found = ({ driver }: { readonly driver: DriverFile }) => {
  const may = useMay('operator')
  return (
    <Stack gap="lg">
      <PageHead title={shownName(driver)} below={driver.email}>
        {may && <Delete driver={driver} />}
      </PageHead>
      <Paper withBorder p="md" bg="var(--console-panel)">
        <Facts
          facts={[
            ['Contract', driver.contract_id],
            ['eMSP', `${driver.country_code}*${driver.party_id}`],
            ['Language', languageOf(driver.language)],
            ['Since', localTime(driver.created_at)],
            [
              'Problems',
              <Link key="reports" href={`/problem-reports?driver_id=${driver.id}`}>
                Problem reports of this driver
              </Link>,
            ],
          ]}
        />
      </Paper>
      <CardsPanel driver={driver} />
      <Stack gap="sm" component="section" aria-label="Cars">
        <Title order={2} size="h4">
          Cars
        </Title>
        {driver.vehicles.length === 0 ? (
          <Empty title="No car">Drivers describe their cars in the app, so that prices fit them.</Empty>
        ) : (
          <DataTable label="Cars" columns={cars} rows={driver.vehicles} rowId={({ id }) => id} />
        )}
      </Stack>
    </Stack>
  )
}

/** One driver: contract, cards, cars. */
export const DriverPage = () => {
  const { id = '' } = useParams()
  const driver = useQuery({ queryKey: ['drivers', 'one', id], queryFn: () => getDriver(id) })
  const missing = driver.error instanceof ApiFailure && [400, 404].includes(driver.error.status)
  return (
    <>
      <Breadcrumb list="Drivers" href="/drivers" here={driver.data?.name ?? id} />
      {driver.isPending && <Loading />}
      {missing && <NothingHere what="driver" />}
      {driver.isError && !missing && <Failure error={driver.error} retry={() => driver.refetch()} />}
      {driver.data !== undefined && <Found driver={driver.data} />}
    </>
  )
}
