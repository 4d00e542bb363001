import { useState } from 'preact/hooks'
import { type Charge, type Preferences, preferCharge } from '../../api/charges.js'
import { Button } from '../../parts/button.js'
import { useDoing } from '../../parts/doing.js'
import { OneOf, TextField } from '../../parts/fields.js'
import { Form } from '../../parts/form.js'
import { Failure, Notice } from '../../parts/states.js'
import { readDecimal } from '../../texts/read-decimal.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('charging')

const PROFILES = [
  ['CHEAP', 'prefer_cheap'],
  ['GREEN', 'prefer_green'],
  ['FAST', 'prefer_fast'],
  ['REGULAR', 'prefer_regular'],
] as const
type Profile = (typeof PROFILES)[number][0]

const profileOf = (name: string | null | undefined): Profile =>
  PROFILES.find(([known]) => known === name)?.[0] ?? 'REGULAR'

/** How the charge is to go on: the driver's wish, and what the operator says to it. */
export const PreferencesForm = ({ value }: { readonly value: Charge }) => {
  const { preferences } = value
  const [profile, setProfile] = useState<Profile>(profileOf(preferences?.profile_type))
  const [departure, setDeparture] = useState('')
  const [need, setNeed] = useState('')
  const [wrong, setWrong] = useState<{ readonly departure?: string; readonly need?: string }>({})
  const { busy, error, follow } = useDoing()

  const wanted = (): Preferences | undefined => {
    const kwh = need.trim() === '' ? null : readDecimal(need)
    const at = departure === '' ? undefined : new Date(departure)
    const needWrong = kwh === undefined || (kwh !== null && !(Number(kwh) >= 1 && Number(kwh) <= 500))
    const departureWrong = at !== undefined && !(at.getTime() > Date.now())
    setWrong({
      ...(needWrong ? { need: say('energy_need_wrong') } : {}),
      ...(departureWrong ? { departure: say('departure_wrong') } : {}),
    })
    if (needWrong || departureWrong) return undefined
    return {
      profile_type: profile,
      ...(at === undefined ? {} : { departure_time: at.toISOString() }),
      ...(kwh === null || kwh === undefined ? {} : { energy_need_kwh: kwh }),
    }
  }
  const submit = (): void => {
    const preferred = wanted()
    if (preferred !== undefined) follow(preferCharge(value.id, preferred))
  }
  return (
    <details class="card prefer">
      <summary>{say('prefer_title')}</summary>
      <Form onSubmit={submit}>
        <OneOf
          label={say('prefer_title')}
          choices={PROFILES.map(([name, words]) => ({ value: name, label: say(words) }))}
          value={profile}
          onValue={setProfile}
        />
        <TextField
          label={say('departure')}
          type="datetime-local"
          value={departure}
          onValue={setDeparture}
          wrong={wrong.departure}
        />
        <TextField
          label={say('energy_need')}
          inputMode="decimal"
          value={need}
          onValue={setNeed}
          maxLength={7}
          wrong={wrong.need}
        />
        {error !== undefined && <Failure error={error} />}
        {preferences?.text !== null && preferences?.text !== undefined && (
          <Notice kind={preferences.response === 'ACCEPTED' ? 'good' : 'warn'}>{preferences.text}</Notice>
        )}
        <Button type="submit" kind="plain" busy={busy}>
          {say('prefer_send')}
        </Button>
      </Form>
    </details>
  )
}
