import { Alert, List } from '@mantine/core'
import type { Gap } from '../api/gaps.js'
import { localTime } from './times.js'

const REASONS: Readonly<Record<string, string>> = {
  queue: 'more came than the database took',
  database: 'the database did not answer',
  space: 'the messages of that day took all the space they may',
  strangers: 'too many requests without a valid token',
  error: 'the recording failed',
}

/** Says in which times messages are missing, and why. */
export const GapNotice = ({ gaps }: { readonly gaps: readonly Gap[] }) =>
  gaps.length === 0 ? null : (
    <Alert color="orange" title="Messages are missing here" role="note" mb="md">
      <List size="sm">
        {gaps.map(({ from, until, reason, count }) => (
          <List.Item key={`${from} ${reason}`}>
            {localTime(from)} to {localTime(until)}: {count.toLocaleString()}, since{' '}
            {REASONS[reason] ?? reason}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
