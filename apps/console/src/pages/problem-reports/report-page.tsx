import { Button, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Link, useParams } from 'wouter'
import { changeReport, getReport, type ProblemReport } from '../../api/drivers.js'
import { ApiFailure } from '../../api/request.js'
import { Breadcrumb } from '../../parts/breadcrumb.js'
import { Failure, Loading, NothingHere, PageHead } from '../../parts/states.js'
import { localTime } from '../../parts/times.js'
import { Age, Facts, Mark } from '../../parts/values.js'
import { languageOf } from '../drivers/driver-words.js'
import { pageOf } from '../objects/object-link.js'
import { kindOf, reportTones } from './report-words.js'

/** Most characters of an answer. */
const ANSWER_MAX = 2_000

type Change = Parameters<typeof changeReport>[1]

const useChange = ({ id }: ProblemReport) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: Change) => changeReport(id, change),
    onSuccess: (report) => {
      queries.setQueryData(['problem-reports', 'one', id], report)
      return queries.invalidateQueries({ queryKey: ['problem-reports', 'list'] })
    },
  })
}

const Answer = ({ report }: { readonly report: ProblemReport }) => {
  const { answer, answered_at, state, driver } = report
  const change = useChange(report)
  const [text, setText] = useState(answer ?? '')
  const [missing, setMissing] = useState(false)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const written = text.trim()
    setMissing(written === '')
    if (written !== '') change.mutate({ answer: written, state: 'answered' })
  }
  const isClosed = state === 'closed'
  return (
    <Paper withBorder p="md" bg="var(--console-panel)" component="form" onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Title order={2} size="h4">
          Answer
        </Title>
        <Textarea
          label="What the driver reads"
          description={`In the app. Their language is ${languageOf(driver.language)}.`}
          rows={5}
          maxLength={ANSWER_MAX}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={missing ? 'Write what the driver should read.' : undefined}
        />
        <Group gap="xs">
          <Button type="submit" loading={change.isPending}>
            {answer === null ? 'Send the answer' : 'Change the answer'}
          </Button>
          <Button
            variant="default"
            disabled={change.isPending}
            onClick={() => change.mutate({ state: isClosed ? 'open' : 'closed' })}
          >
            {isClosed ? 'Reopen' : 'Close'}
          </Button>
          {answered_at !== null && (
            <Text size="sm" c="dimmed">
              Answered <Age at={answered_at} />
            </Text>
          )}
        </Group>
        {change.isError && <Failure error={change.error} />}
      </Stack>
    </Paper>
  )
}

/** Where it happened, as a link to the page of the location. */
const Place = ({ report: { station, evse_uid } }: { readonly report: ProblemReport }) =>
  station === null ? null : (
    <>
      <Link href={pageOf('locations', { ...station, id: station.location_id })}>{station.location_id}</Link>
      {evse_uid !== null && `, charge point ${evse_uid}`}
    </>
  )

const Found = ({ report }: { readonly report: ProblemReport }) => (
  <Stack gap="lg">
    <PageHead title={kindOf(report.kind)} below={`Reported ${localTime(report.created_at)}`}>
      <Mark tone={reportTones[report.state]}>{report.state}</Mark>
    </PageHead>
    <Paper withBorder p="md" bg="var(--console-panel)">
      <Stack gap="md">
        <Text className="own-words">{report.text}</Text>
        <Facts
          facts={[
            [
              'Driver',
              <Link key="driver" href={`/drivers/${report.driver.id}`}>
                {report.driver.name}
              </Link>,
            ],
            ['E-mail', report.driver.email],
            ['Contract', report.driver.contract_id],
            ['Station', report.station === null ? null : <Place key="place" report={report} />],
            ['Charge', report.charge_id],
          ]}
        />
      </Stack>
    </Paper>
    <Answer key={report.id} report={report} />
  </Stack>
)

/** One problem report, and its answer. */
export const ReportPage = () => {
  const { id = '' } = useParams()
  const report = useQuery({ queryKey: ['problem-reports', 'one', id], queryFn: () => getReport(id) })
  const missing = report.error instanceof ApiFailure && [400, 404].includes(report.error.status)
  return (
    <>
      <Breadcrumb
        list="Problem reports"
        href="/problem-reports"
        here={report.data === undefined ? id : kindOf(report.data.kind)}
      />
      {report.isPending && <Loading />}
      {missing && <NothingHere what="problem report" />}
      {report.isError && !missing && <Failure error={report.error} retry={() => report.refetch()} />}
      {report.data !== undefined && <Found report={report.data} />}
    </>
  )
}
