import { Alert, Paper, Stack, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { CdrCheck } from '../../api/prices.js'
import type { Doc } from '../../api/reading.js'
import { moneyOf } from '../../parts/money.js'
import { Facts, Mark } from '../../parts/values.js'
import { outcomeTones } from '../cdrs/check-words.js'
import { pageOf } from '../objects/object-link.js'
import { PriceTable } from '../objects/price-table.js'

const SAYS: Readonly<Record<string, string>> = {
  agrees: 'The record states what this node computes.',
  differs: 'The record does not state what this node computes.',
  unpriced: 'The record does not hold what is needed to compute it.',
}

/** The CDR computed again beside what it states. */
export const PriceLesson = ({ cdr, check }: { readonly cdr: Doc; readonly check: CdrCheck }) => {
  const outcome = check.outcome ?? ''
  return (
    <Stack>
      <Paper withBorder p="md" bg="var(--console-panel)">
        <Facts
          facts={[
            [
              'Outcome',
              <Mark key="outcome" tone={outcomeTones[outcome] ?? 'quiet'}>
                {outcome}
              </Mark>,
            ],
            ['The CDR states', moneyOf(check.stated?.before_taxes, check.currency)],
            ['Computed', moneyOf(check.total?.before_taxes, check.currency)],
            ['Difference', moneyOf(check.difference?.before_taxes, check.currency)],
          ]}
        />
        <Text size="sm" mt="sm">
          {SAYS[outcome]}
        </Text>
      </Paper>
      {check.findings.length > 0 && (
        <Alert color="orange" title="What was found" role="note">
          {check.findings.map(({ code, message }) => (
            <Text size="sm" key={`${code} ${message}`}>
              {message}
            </Text>
          ))}
        </Alert>
      )}
      {check.outcome !== 'unpriced' && <PriceTable priced={check} owner={cdr} />}
      <Text size="sm">
        <Link href={`${pageOf('cdrs', cdr)}?tab=check`}>The whole check of this CDR</Link>
      </Text>
    </Stack>
  )
}
