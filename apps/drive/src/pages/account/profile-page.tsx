import { useState } from 'preact/hooks'
import { type Account, changeAccount } from '../../api/account.js'
import { Button } from '../../parts/button.js'
import { useDoing } from '../../parts/doing.js'
import { SelectField, TextField } from '../../parts/fields.js'
import { Form } from '../../parts/form.js'
import { PageHead } from '../../parts/page.js'
import { Failure } from '../../parts/states.js'
import { toast } from '../../parts/toasts.js'
import { changed, signInState } from '../../sign-in/sign-in-state.js'
import { type Language, languageNames, languages } from '../../texts/languages.js'
import { rememberLanguage } from '../../texts/remembered-language.js'
import { language, speak, textsOf } from '../../texts/say.js'

const say = textsOf('account')
const sayFrame = textsOf('frame')

const choices = languages.map((value) => ({ value, label: languageNames[value] }))

const LanguageField = ({
  value,
  onValue,
}: {
  readonly value: Language
  readonly onValue: (v: Language) => void
}) => <SelectField label={say('language')} value={value} choices={choices} onValue={onValue} />

/** The language of the device, where nobody is signed in: it changes at once. */
const OnThisDevice = () => {
  const [error, setError] = useState<unknown>()
  const choose = (wanted: Language): void => {
    rememberLanguage(wanted)
    speak(wanted).catch(setError)
  }
  return (
    <div class="stack">
      <LanguageField value={language()} onValue={choose} />
      {error !== undefined && <Failure error={error} />}
    </div>
  )
}

const MOST_LETTERS = 80

const Profile = ({ account }: { readonly account: Account }) => {
  const [name, setName] = useState(account.name ?? '')
  const [wanted, setWanted] = useState<Language>(language())
  const [wrong, setWrong] = useState(false)
  const { busy, error, setError, follow } = useDoing()
  const save = async (): Promise<void> => {
    await changed(await changeAccount({ name: name.trim(), language: wanted }))
    rememberLanguage(wanted)
    toast(sayFrame('saved'))
  }
  const submit = (): void => {
    const noName = name.trim() === '' || name.trim().length > MOST_LETTERS
    setWrong(noName)
    setError(undefined)
    if (!noName) follow(save())
  }
  return (
    <Form onSubmit={submit}>
      <TextField
        label={say('name')}
        hint={say('name_hint')}
        autocomplete="name"
        value={name}
        onValue={setName}
        wrong={wrong ? say('name_wrong') : undefined}
      />
      <LanguageField value={wanted} onValue={setWanted} />
      {error !== undefined && <Failure error={error} />}
      <div class="buttons">
        <Button type="submit" busy={busy}>
          {sayFrame('save')}
        </Button>
      </div>
    </Form>
  )
}

/** Name and language. */
export const ProfilePage = () => {
  const state = signInState.value
  return (
    <>
      <PageHead title={say('profile')} back={{ href: '/account', label: say('title') }} />
      {state.kind === 'somebody' ? (
        <Profile key={state.account.id} account={state.account} />
      ) : (
        <OnThisDevice />
      )}
    </>
  )
}
