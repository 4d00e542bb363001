import { Alert, Button, Code, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { textAt } from '../../api/fields.js'
import { type CdrCheck, type CheckFinding, checkAgain, getCdrCheck } from '../../api/prices.js'
import type { Doc } from '../../api/reading.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { differenceOf, moneyOf } from '../../parts/money.js'
import { Failure, Loading } from '../../parts/states.js'
import { Age, Facts, Mark, type Tone } from '../../parts/values.js'
import { useMay } from '../../sign-in/sign-in-state.js'
import { PriceTable } from '../objects/price-table.js'
import { checkKeyOf, outcomeTones } from './check-words.js'
import { findingWords } from './finding-codes.js'
import { ReviewPanel } from './review-panel.js'

const OUTCOMES: Readonly<Record<string, string>> = {
  agrees: 'It states what was computed from its tariffs.',
  differs: 'It does not state what was computed from its tariffs.',
  unpriced: 'It could not be recomputed; the findings say why.',
}

const SEVERITY: Readonly<Record<string, Tone>> = { error: 'bad', warning: 'warn', info: 'busy' }

/** Findings that name the reading which gives exactly what is stated. */
const EXPLAINING: ReadonlySet<string> = new Set(['other_reading', 'step_size_per_period'])

const AgainButton = ({ cdr }: { readonly cdr: Doc }) => {
  const queries = useQueryClient()
  const again = useMutation({
    mutationFn: () => checkAgain(cdr),
    onSuccess: (check) => {
      queries.setQueryData(checkKeyOf(cdr), check)
      return queries.invalidateQueries({ queryKey: ['cdrs', 'list'] })
    },
  })
  return (
    <Stack gap="xs" align="flex-end">
      <Button size="xs" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
        Check again
      </Button>
      {again.isError && <Failure error={again.error} />}
    </Stack>
  )
}

const Sums = ({ check }: { readonly check: CdrCheck }) => {
  const { currency, stated, total, difference } = check
  const sides = [
    { id: 'before_taxes', name: 'Before taxes' },
    { id: 'after_taxes', name: 'After taxes' },
  ] as const
  const rows = sides.filter(({ id }) => (stated?.[id] ?? total?.[id] ?? null) !== null)
  const columns: readonly Column<(typeof rows)[number]>[] = [
    { id: 'side', title: 'Total', value: ({ name }) => name },
    { id: 'stated', title: 'Stated', numeric: true, value: ({ id }) => moneyOf(stated?.[id], currency) },
    { id: 'total', title: 'Recomputed', numeric: true, value: ({ id }) => moneyOf(total?.[id], currency) },
    {
      id: 'difference',
      title: 'Difference',
      numeric: true,
      value: ({ id }) => differenceOf(difference?.[id], currency),
    },
  ]
  return rows.length === 0 ? null : (
    <DataTable label="Stated and recomputed" columns={columns} rows={rows} rowId={({ id }) => id} />
  )
}

const policyWords = ({ policy }: CheckFinding): string =>
  policy === null ? '' : `${policy.name}: ${String(policy.value)}`

const findingColumns: readonly Column<CheckFinding>[] = [
  {
    id: 'severity',
    title: 'Weight',
    value: ({ severity }) => severity,
    cell: ({ severity }) => <Mark tone={SEVERITY[severity] ?? 'quiet'}>{severity}</Mark>,
  },
  { id: 'code', title: 'Finding', value: ({ code }) => findingWords(code) },
  { id: 'message', title: 'What', value: ({ message }) => message },
  {
    id: 'pointer',
    title: 'Where',
    value: ({ pointer }) => pointer,
    cell: ({ pointer }) => <Code>{pointer === '' ? '/' : pointer}</Code>,
  },
]

const Findings = ({ findings }: { readonly findings: readonly CheckFinding[] }) => {
  const numbered = new Map(findings.map((one, index) => [one, String(index)]))
  if (findings.length === 0) return <Text size="sm">Nothing is wrong with it.</Text>
  return (
    <DataTable
      label="Findings"
      columns={findingColumns}
      rows={findings}
      rowId={(finding) => numbered.get(finding) ?? ''}
    />
  )
}

/** Says which reading of the rules gives what the CDR states. */
const Explained = ({ findings }: { readonly findings: readonly CheckFinding[] }) => {
  const readings = findings.filter(({ code }) => EXPLAINING.has(code))
  if (readings.length === 0) return null
  return (
    <Alert color="blue" title="What explains the difference" role="note">
      {readings.map((finding) => (
        <Text size="sm" key={`${finding.code} ${finding.message}`}>
          {finding.message}
          {finding.policy !== null && (
            <>
              {' '}
              <Code>{policyWords(finding)}</Code>
            </>
          )}
        </Text>
      ))}
    </Alert>
  )
}

const Checked = ({ cdr, check }: { readonly cdr: Doc; readonly check: CdrCheck }) => {
  const may = useMay('support')
  const outcome = check.outcome ?? 'not checked'
  return (
    <Stack>
      <Group justify="space-between" align="flex-start">
        <Stack gap={2}>
          <Text fw={600} component="div">
            <Mark tone={outcomeTones[outcome] ?? 'quiet'}>{outcome}</Mark>
          </Text>
          <Text size="sm" c="dimmed" component="div">
            {OUTCOMES[outcome] ?? 'It waits for its first check, or came before checks were made.'}
            {check.checked_at !== null && (
              <>
                {' '}
                Checked <Age at={check.checked_at} />.
              </>
            )}
          </Text>
        </Stack>
        {may && <AgainButton cdr={cdr} />}
      </Group>
      {check.outcome !== null && (
        <>
          <Sums check={check} />
          <Explained findings={check.findings} />
          <Title order={2} size="h4">
            Findings
          </Title>
          <Findings findings={check.findings} />
        </>
      )}
      <ReviewPanel cdr={cdr} check={check} />
      {check.outcome !== null && check.outcome !== 'unpriced' && (
        <>
          <Title order={2} size="h4">
            Line by line, as recomputed
          </Title>
          <PriceTable priced={check} owner={cdr} />
        </>
      )}
      {check.basis !== null && (
        <Paper withBorder p="md" bg="var(--console-panel)" component="section" aria-label="Checked by">
          <Facts
            facts={[
              ['Version', textAt(check.basis, 'version')],
              ['Time zone', textAt(check.basis, 'time_zone')],
              ['Tolerance', `${textAt(check.basis, 'tolerance')} of the smallest unit of the currency`],
            ]}
          />
        </Paper>
      )}
    </Stack>
  )
}

/** What the check of a CDR found, and what is decided about it. */
export const CheckTab = ({ cdr }: { readonly cdr: Doc }) => {
  const check = useQuery({ queryKey: checkKeyOf(cdr), queryFn: () => getCdrCheck(cdr) })
  if (check.isPending) return <Loading />
  if (check.isError) return <Failure error={check.error} retry={() => check.refetch()} />
  return <Checked cdr={cdr} check={check.data} />
}
