import { Alert, Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import type { Problem, Problems } from '../../api/health.js'
import type { Partner } from '../../api/partners.js'
import { clockTime } from '../../parts/times.js'
import { Age, Mark, type Tone } from '../../parts/values.js'
import './problems.css'

const TONES: Readonly<Record<string, Tone>> = { bad: 'bad', warn: 'warn', note: 'busy' }

const partnerPage = (id: string): string => `/partners/${encodeURIComponent(id)}`

const Row = ({ problem }: { readonly problem: Problem }) => (
  <Paper withBorder className="problem" data-severity={problem.severity} component="li">
    <div className="problem-head">
      <Mark tone={TONES[problem.severity] ?? 'warn'}>
        <Link href={partnerPage(problem.partner_id)} className="problem-name">
          {problem.partner_name}
        </Link>
        <span className="problem-word">{problem.word}</span>
      </Mark>
      <Text size="xs" c="dimmed" component="span">
        since {clockTime(problem.since)}, <Age at={problem.since} />
      </Text>
    </div>
    <Text size="sm" className="page-title">
      {problem.reason}
    </Text>
    <div className="problem-foot">
      <Text size="sm" c="dimmed" className="page-title">
        {problem.remedy}
      </Text>
      <Anchor component={Link} href={problem.trace.page} size="sm" className="problem-link">
        Show what is behind it
      </Anchor>
    </div>
  </Paper>
)

/** What needs somebody: the reason, since when, what to do, and where to look. */
export const Attention = ({ problems }: { readonly problems: readonly Problem[] }) => (
  <section aria-label="Needs attention">
    <Title order={2} size="h4" mb="xs">
      Needs attention
    </Title>
    <ul className="plain-list">
      {problems.map((problem) => (
        <Row key={problem.number} problem={problem} />
      ))}
    </ul>
  </section>
)

const wellOf = (partners: readonly Partner[]): string => {
  const registered = partners.filter(({ status }) => status === 'REGISTERED').length
  if (partners.length === 0) return 'No partner is connected yet.'
  if (registered === 0) return 'No partner has registered yet.'
  return `${registered === 1 ? 'The one partner answers' : `All ${registered} partners answer`}, in time and as agreed. Whatever goes wrong appears here within a minute, with the reason.`
}

/** Says that nothing needs anybody. */
export const EverythingWorks = ({ partners }: { readonly partners: readonly Partner[] }) => (
  <section aria-label="Health">
    <Paper withBorder className="calm">
      <svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" className="calm-sign">
        <circle cx="12" cy="12" r="11" />
        <path d="M7 12.5l3.4 3.4L17 9" />
      </svg>
      <Stack gap={0}>
        <Title order={2} size="h4">
          Everything works
        </Title>
        <Text size="sm" c="dimmed">
          {wellOf(partners)}
        </Text>
      </Stack>
    </Paper>
  </section>
)

/** Says that the absence of problems means nothing now. */
export const NobodyLooks = () => (
  <section aria-label="Health">
    <Alert color="yellow" title="Nobody looks after the partners now" role="note">
      A node that has just started looks within seconds. If this stays, no node does background work: start
      one whose ROLE is all or worker.
    </Alert>
  </section>
)

/** Ended problems on the first page; more are kept by the node. */
const SHOWN = 5

/** What mended itself within a day, and what became of it. */
export const Mended = ({ ended }: Pick<Problems, 'ended'>) => {
  if (ended.length === 0) return null
  return (
    <section aria-label="Mended">
      <Title order={2} size="h4" mb="xs">
        Mended in the last day
      </Title>
      <Paper withBorder bg="var(--console-panel)" p="md">
        <ul className="plain-list">
          {ended.slice(0, SHOWN).map((problem) => (
            <li key={problem.number}>
              <Text size="sm" className="page-title" component="div">
                <Mark tone="good">
                  <Link href={partnerPage(problem.partner_id)}>{problem.partner_name}</Link>
                </Mark>{' '}
                {problem.word}, {clockTime(problem.since)}–{clockTime(problem.ended_at ?? '')}.{' '}
                <Text span c="dimmed">
                  {problem.note}
                </Text>
              </Text>
            </li>
          ))}
        </ul>
        {ended.length > SHOWN && (
          <Group mt="xs">
            <Text size="xs" c="dimmed">
              and {ended.length - SHOWN} more
            </Text>
          </Group>
        )}
      </Paper>
    </section>
  )
}
