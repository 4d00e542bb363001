import { useState } from 'preact/hooks'
import { useSearchParams } from 'wouter-preact'
import {
  type NewReport,
  type Report,
  type ReportKind,
  reportKinds,
  sendReport,
  useReports,
} from '../../api/reports.js'
import { Age } from '../../parts/age.js'
import { Button } from '../../parts/button.js'
import { useDoing } from '../../parts/doing.js'
import { OneOf, TextArea } from '../../parts/fields.js'
import { Form } from '../../parts/form.js'
import { Entry, PageHead, Section } from '../../parts/page.js'
import { Answered, Failure } from '../../parts/states.js'
import { toast } from '../../parts/toasts.js'
import { textsOf } from '../../texts/say.js'
import { type AboutWhat, aboutWhat, kindOf } from './about-what.js'

const say = textsOf('report')
const sayAccount = textsOf('account')

const MOST_LETTERS = 1_000

const choices = () => reportKinds.map((value) => ({ value, label: say(`kind_${value}`) }))

const About = ({ station, charge_id }: AboutWhat) => {
  if (station === undefined && charge_id === undefined) return null
  const name = station && [station.country_code, station.party_id, station.location_id].join('*')
  return (
    <div class="row">
      {name !== undefined && <span class="badge busy">{say('about_station', { station: name })}</span>}
      {charge_id !== undefined && <span class="badge busy">{say('about_charge')}</span>}
    </div>
  )
}

interface FormProps {
  readonly about: AboutWhat
  readonly suggested: ReportKind | undefined
}

const ReportForm = ({ about, suggested }: FormProps) => {
  const [kind, setKind] = useState(suggested)
  const [text, setText] = useState('')
  const [checked, setChecked] = useState(false)
  const { busy, error, setError, follow } = useDoing()
  const words = text.trim()
  const textWrong = words === '' || words.length > MOST_LETTERS
  const send = async (report: NewReport): Promise<void> => {
    await sendReport(report)
    setText('')
    setKind(undefined)
    setChecked(false)
    toast(say('sent'))
  }
  const submit = (): void => {
    setChecked(true)
    setError(undefined)
    if (kind !== undefined && !textWrong) follow(send({ kind, text: words, ...about }))
  }
  return (
    <Form onSubmit={submit}>
      <About {...about} />
      <OneOf
        label={say('kind')}
        choices={choices()}
        value={kind}
        onValue={setKind}
        wrong={checked && kind === undefined ? say('kind_wrong') : undefined}
      />
      <TextArea
        label={say('text')}
        hint={say('text_hint')}
        value={text}
        onValue={setText}
        wrong={checked && textWrong ? say('text_wrong') : undefined}
      />
      {error !== undefined && <Failure error={error} />}
      <div>
        <Button type="submit" busy={busy}>
          {say('send')}
        </Button>
      </div>
    </Form>
  )
}

const BADGES: Readonly<Record<Report['state'], string>> = { open: 'warn', answered: 'good', closed: '' }

const ReportEntry = ({ report }: { readonly report: Report }) => (
  <Entry
    title={say(`kind_${report.kind}`)}
    below={
      <>
        {report.text}
        <br />
        <Age at={report.created_at} />
        {report.answer !== null && (
          <>
            <br />
            <strong>{say('answer', { text: report.answer })}</strong>
          </>
        )}
      </>
    }
    end={<span class={`badge ${BADGES[report.state]}`}>{say(`state_${report.state}`)}</span>}
  />
)

const Yours = () => {
  const reports = useReports()
  return (
    <Section title={say('yours')}>
      <Answered of={reports} lines={1}>
        {(items) =>
          items.length === 0 ? (
            <p class="soft">{say('none')}</p>
          ) : (
            <ul class="rows">
              {items.map((report) => (
                <ReportEntry key={report.id} report={report} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Section>
  )
}

/** Reports a problem. `?station=DE/CPO/LOC1`, `evse`, `charge` and `kind` fill in what it is about. */
export const ReportPage = () => {
  const [search] = useSearchParams()
  const about = aboutWhat(search)
  return (
    <>
      <PageHead
        title={say('title')}
        below={say('intro')}
        back={{ href: '/account', label: sayAccount('title') }}
      />
      <section class="section">
        <ReportForm key={search.toString()} about={about} suggested={kindOf(search)} />
      </section>
      <Yours />
    </>
  )
}

export default ReportPage
