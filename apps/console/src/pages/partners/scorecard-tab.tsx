import { Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { Link } from 'wouter'
import type { Partner } from '../../api/partners.js'
import {
  type AnswerRow,
  type FindingRow,
  getScorecard,
  type Measure,
  type PriceRow,
  type Scorecard,
} from '../../api/scorecards.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { useDays } from '../../parts/days.js'
import { ExportMenu } from '../../parts/export-menu.js'
import { Empty, Failure, Loading } from '../../parts/states.js'
import { Age, Mark } from '../../parts/values.js'
import { exportColumns, exportedNumbers, measured, milliseconds, percent, verdicts } from './measures.js'
import './scorecard.css'

const AnswerChart = lazy(() => import('./answer-chart.js'))

const Verdict = ({ verdict }: { readonly verdict: Measure['verdict'] }) => {
  const [tone, word] = verdicts[verdict]
  return <Mark tone={tone}>{word}</Mark>
}

/** A number that leads to the rows it came from. */
const Tile = ({ measure }: { readonly measure: Measure }) => (
  <div className="measure" data-verdict={measure.verdict}>
    <Text size="sm" c="dimmed">
      {measure.title}
    </Text>
    <Group justify="space-between" align="baseline" gap="xs">
      <span className="measure-value">{measured(measure)}</span>
      <Verdict verdict={measure.verdict} />
    </Group>
    <Text size="xs" c="dimmed">
      {measure.says}
    </Text>
    <Text size="xs" className="measure-trace">
      <Link href={measure.trace.page}>
        {measure.samples.toLocaleString()} {measure.samples === 1 ? 'sample' : 'samples'}
      </Link>
    </Text>
  </div>
)

const GROUPS: readonly (readonly [group: Measure['group'], title: string])[] = [
  ['answers', 'Answers'],
  ['statuses', 'Statuses of EVSEs'],
  ['cdrs', 'CDRs and prices'],
  ['objects', 'Objects and messages'],
]

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section aria-label={title}>
    <Title order={2} size="h4" mb="xs">
      {title}
    </Title>
    {children}
  </section>
)

const WAYS: Readonly<Record<string, string>> = { out: 'it answers us', in: 'we answer it' }

const answerColumns: readonly Column<AnswerRow>[] = [
  {
    id: 'module',
    title: 'Module',
    value: ({ module }) => module,
    cell: ({ module, trace }) => <Link href={trace.page}>{module}</Link>,
  },
  { id: 'direction', title: 'Who', value: ({ direction }) => WAYS[direction] ?? direction },
  { id: 'samples', title: 'Exchanges', numeric: true, value: ({ samples }) => samples },
  {
    id: 'p50',
    title: 'p50',
    numeric: true,
    value: ({ p50_ms: ms }) => ms ?? '',
    cell: ({ p50_ms: ms }) => milliseconds(ms),
  },
  {
    id: 'p95',
    title: 'p95',
    numeric: true,
    value: ({ p95_ms: ms }) => ms ?? '',
    cell: ({ p95_ms: ms }) => milliseconds(ms),
  },
  {
    id: 'p99',
    title: 'p99',
    numeric: true,
    value: ({ p99_ms: ms }) => ms ?? '',
    cell: ({ p99_ms: ms }) => milliseconds(ms),
  },
  { id: 'refused', title: 'Refused', numeric: true, value: ({ refused }) => refused },
  {
    id: 'failed',
    title: 'No answer',
    numeric: true,
    value: ({ failed, timed_out }) => failed + timed_out,
  },
  {
    id: 'errors',
    title: 'Not fine',
    numeric: true,
    value: ({ error_rate: share }) => share ?? '',
    cell: ({ error_rate: share }) => percent(share),
  },
  {
    id: 'verdict',
    title: 'Verdict',
    value: ({ verdict }) => verdicts[verdict][1],
    cell: ({ verdict }) => <Verdict verdict={verdict} />,
  },
]

const priceColumns: readonly Column<PriceRow>[] = [
  {
    id: 'currency',
    title: 'Currency',
    value: ({ currency }) => currency,
    cell: ({ currency, trace }) => <Link href={trace.page}>{currency || 'none'}</Link>,
  },
  { id: 'cdrs', title: 'Checked', numeric: true, value: ({ cdrs }) => cdrs },
  { id: 'agrees', title: 'Agree', numeric: true, value: ({ agrees }) => agrees },
  { id: 'differs', title: 'Differ', numeric: true, value: ({ differs }) => differs },
  { id: 'unpriced', title: 'Not priced', numeric: true, value: ({ unpriced }) => unpriced },
  { id: 'stated', title: 'Stated', numeric: true, value: ({ stated }) => stated },
  { id: 'agreed', title: 'Of it agrees', numeric: true, value: ({ stated_agreed }) => stated_agreed },
  {
    id: 'share',
    title: 'Agreement',
    numeric: true,
    value: ({ share }) => share ?? '',
    cell: ({ share }) => percent(share),
  },
]

const findingColumns: readonly Column<FindingRow>[] = [
  {
    id: 'rule',
    title: 'Rule',
    value: ({ rule }) => rule,
    cell: ({ rule, trace }) => <Link href={trace.page}>{rule || 'none'}</Link>,
  },
  { id: 'severity', title: 'Kind', value: ({ severity }) => severity },
  { id: 'kinds', title: 'Ways', numeric: true, value: ({ kinds }) => kinds },
  { id: 'count', title: 'Times', numeric: true, value: ({ count }) => count },
  { id: 'last', title: 'Last', value: ({ last_at }) => last_at, cell: ({ last_at }) => <Age at={last_at} /> },
]

const Tables = ({ card }: { readonly card: Scorecard }) => (
  <>
    <Section title="Answer times by module">
      {card.answers.length === 0 ? (
        <Empty title="Nothing was exchanged in this time" />
      ) : (
        <DataTable
          label="Answer times by module"
          columns={answerColumns}
          rows={card.answers}
          rowId={({ direction, module }) => `${direction} ${module}`}
        />
      )}
    </Section>
    {card.prices.length > 0 && (
      <Section title="Prices">
        <DataTable
          label="Prices by currency, before taxes"
          columns={priceColumns}
          rows={card.prices}
          rowId={({ currency }) => currency}
        />
      </Section>
    )}
    {card.findings.length > 0 && (
      <Section title="Findings by rule">
        <DataTable
          label="Findings by rule"
          columns={findingColumns}
          rows={card.findings}
          rowId={({ rule, severity }) => `${rule} ${severity}`}
        />
      </Section>
    )}
  </>
)

const Card = ({ card }: { readonly card: Scorecard }) => (
  <>
    {GROUPS.map(([group, title]) => (
      <Section key={group} title={title}>
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
          {card.measures
            .filter((measure) => measure.group === group)
            .map((measure) => (
              <Tile key={`${measure.id} ${measure.direction}`} measure={measure} />
            ))}
        </SimpleGrid>
      </Section>
    ))}
    {card.hours.length > 0 && (
      <Section title="Answer times over the last day">
        <Suspense fallback={<Loading />}>
          <AnswerChart hours={card.hours} />
        </Suspense>
      </Section>
    )}
    <Tables card={card} />
  </>
)

/** How the partner does, and how we do for it: each number with its verdict and the rows it came from. */
export const ScorecardTab = ({ partner: { id, name } }: { readonly partner: Partner }) => {
  const [days, daysField] = useDays('scorecard', '7')
  const card = useQuery({
    queryKey: ['scorecard', id, days],
    queryFn: () => getScorecard(id, Number(days)),
    refetchInterval: 60_000,
  })
  const data = card.data
  return (
    <Stack>
      <Group justify="space-between" align="flex-end">
        {daysField}
        {data !== undefined && (
          <ExportMenu
            name={`scorecard ${name}`}
            columns={exportColumns}
            fetchRows={async () => exportedNumbers(data)}
            document={(row) => row}
          />
        )}
      </Group>
      {card.isPending && <Loading />}
      {card.isError && <Failure error={card.error} retry={() => card.refetch()} />}
      {data !== undefined && <Card card={data} />}
    </Stack>
  )
}
