import { Alert, Paper, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { textAt } from '../../api/fields.js'
import { getSessionCost, type SessionCost } from '../../api/prices.js'
import type { Doc } from '../../api/reading.js'
import { moneyOf } from '../../parts/money.js'
import { Failure, Loading } from '../../parts/states.js'
import { localTime } from '../../parts/times.js'
import { Facts } from '../../parts/values.js'
import { PriceTable } from '../objects/price-table.js'

const BASES: Readonly<Record<string, string>> = {
  periods: 'its charging periods',
  meter: 'its meter and its length alone: it tells no periods',
}

const NoCost = ({ cost }: { readonly cost: SessionCost }) => (
  <Alert color="yellow" title="What it costs cannot be said" role="note">
    <Text size="sm">{cost.reason?.message ?? 'The node does not say why.'}</Text>
    {cost.stated !== null && (
      <Text size="sm" mt="xs">
        The session itself states {moneyOf(cost.stated.before_taxes, cost.currency)} before taxes.
      </Text>
    )}
  </Alert>
)

const Priced = ({ cost, session }: { readonly cost: SessionCost; readonly session: Doc }) => {
  const { currency, total, stated, basis, until } = cost
  return (
    <Stack>
      <Paper withBorder p="md" bg="var(--console-panel)">
        <Facts
          facts={[
            ['Before taxes', moneyOf(total?.before_taxes, currency)],
            ['After taxes', moneyOf(total?.after_taxes, currency)],
            ['Stated before taxes', moneyOf(stated?.before_taxes, currency)],
            ['Priced up to', localTime(until ?? '')],
            ['Energy', cost.kwh === null ? '' : `${cost.kwh} kWh`],
            ['Computed from', BASES[basis ?? ''] ?? basis],
            ['Time zone', cost.time_zone],
          ]}
        />
      </Paper>
      <PriceTable priced={cost} owner={session} />
    </Stack>
  )
}

/** What a session costs as of its newest update, line by line; or why nobody can say. */
export const CostTab = ({ session }: { readonly session: Doc }) => {
  const key = ['country_code', 'party_id', 'id'].map((name) => textAt(session, name))
  const cost = useQuery({
    queryKey: ['sessions', 'cost', ...key],
    queryFn: () => getSessionCost(session),
  })
  if (cost.isPending) return <Loading />
  if (cost.isError) return <Failure error={cost.error} retry={() => cost.refetch()} />
  return cost.data.outcome === 'unpriced' ? (
    <NoCost cost={cost.data} />
  ) : (
    <Priced cost={cost.data} session={session} />
  )
}
