import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Account } from '../api/account.js'
import { ApiFailure } from '../api/failure.js'
import { sendCode, signInWithCode } from '../api/sign-in.js'
import { Button } from '../parts/button.js'
import { useDoing } from '../parts/doing.js'
import { TextField } from '../parts/fields.js'
import { Form } from '../parts/form.js'
import { Failure } from '../parts/states.js'
import { toast } from '../parts/toasts.js'
import { language, textsOf } from '../texts/say.js'
import { digitsOf, isEmail } from './sign-in.rules.js'

const say = textsOf('signIn')

/** Time until another code may be asked for, in seconds. */
const PATIENCE_S = 60

interface EmailFormProps {
  readonly email: string
  readonly setEmail: (email: string) => void
  readonly plain: boolean
  readonly onSent: () => void
}

const EmailForm = ({ email, setEmail, plain, onSent }: EmailFormProps) => {
  const { busy, error, setError, follow } = useDoing()
  const [wrong, setWrong] = useState(false)
  const submit = (): void => {
    setWrong(!isEmail(email))
    setError(undefined)
    if (isEmail(email)) follow(sendCode(email.trim(), language()).then(onSent))
  }
  return (
    <Form onSubmit={submit}>
      <TextField
        label={say('email')}
        hint={say('email_hint')}
        type="email"
        autocomplete="email"
        value={email}
        onValue={setEmail}
        wrong={wrong ? say('email_wrong') : undefined}
      />
      {error !== undefined && <Failure error={error} />}
      <Button type="submit" full kind={plain ? 'plain' : 'primary'} busy={busy}>
        {say('send_code')}
      </Button>
    </Form>
  )
}

const useSecondsLeft = (sentAtMs: number): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [sentAtMs])
  return Math.max(0, PATIENCE_S - Math.floor((now - sentAtMs) / 1000))
}

const AnotherCode = ({
  email,
  onFailure,
}: {
  readonly email: string
  readonly onFailure: (e: unknown) => void
}) => {
  const [sentAtMs, setSentAtMs] = useState(() => Date.now())
  const seconds = useSecondsLeft(sentAtMs)
  const again = (): void => {
    setSentAtMs(Date.now())
    sendCode(email.trim(), language()).then(() => toast(say('code_resent')), onFailure)
  }
  return (
    <Button kind="quiet" disabled={seconds > 0} onClick={again}>
      {seconds > 0 ? say('code_again_in', { seconds }) : say('code_again')}
    </Button>
  )
}

const isWrongCode = (error: unknown): boolean =>
  error instanceof ApiFailure && [400, 401, 403, 404, 410, 422].includes(error.status)

interface DigitsProps {
  readonly value: string
  readonly onDigits: (digits: string) => void
  readonly wrong: string | undefined
}

/** Six digits in one field: pasting and the telephone's own offer work, and it is read as one. */
const Digits = ({ value, onDigits, wrong }: DigitsProps) => {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  return (
    <div class="field">
      <label for={id}>{say('code')}</label>
      <input
        ref={input}
        id={id}
        class="input digits"
        inputMode="numeric"
        autocomplete="one-time-code"
        value={value}
        onInput={({ currentTarget }) => {
          const digits = digitsOf(currentTarget.value)
          currentTarget.value = digits
          onDigits(digits)
        }}
        aria-invalid={wrong === undefined ? undefined : true}
        aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
      />
      {wrong !== undefined && (
        <span class="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </span>
      )}
    </div>
  )
}

interface EnterCodeProps {
  readonly email: string
  readonly onEntered: (who: Account) => void
  readonly onOtherEmail: () => void
}

const EnterCode = ({ email, onEntered, onOtherEmail }: EnterCodeProps) => {
  const [code, setCode] = useState('')
  const { busy, error, setError, follow } = useDoing()
  const [short, setShort] = useState(false)
  const submit = (digits: string): void => {
    setShort(digits.length < 6)
    setError(undefined)
    if (digits.length < 6 || busy) return
    follow(signInWithCode(email.trim(), digits).then(onEntered))
  }
  const take = (digits: string): void => {
    setCode(digits)
    setShort(false)
    setError(undefined)
    if (digits.length === 6 && digits !== code) submit(digits)
  }
  const wrong = short ? say('code_short') : isWrongCode(error) ? say('code_wrong') : undefined
  return (
    <Form onSubmit={() => submit(code)}>
      <div class="stack tight">
        <h2>{say('code_title')}</h2>
        <p class="soft">{say('code_sent', { email: email.trim() })}</p>
      </div>
      <Digits value={code} onDigits={take} wrong={wrong} />
      {error !== undefined && !isWrongCode(error) && <Failure error={error} />}
      <Button type="submit" full busy={busy}>
        {say('enter')}
      </Button>
      <div class="row apart">
        <AnotherCode email={email} onFailure={setError} />
        <Button kind="quiet" onClick={onOtherEmail}>
          {say('other_email')}
        </Button>
      </div>
    </Form>
  )
}

interface CodeFormProps {
  readonly onEntered: (who: Account) => void
  /** Told when a code was sent, and when another address is wanted. */
  readonly onSent: (sent: boolean) => void
  /** True where another way to sign in comes first. */
  readonly plain: boolean
}

/** Signs in with a code that is sent to an email address. */
export const CodeForm = ({ onEntered, onSent, plain }: CodeFormProps) => {
  const [email, setEmail] = useState('')
  const [sent, setSent] = useState(false)
  const turn = (isSent: boolean): void => {
    setSent(isSent)
    onSent(isSent)
  }
  if (sent) return <EnterCode email={email} onEntered={onEntered} onOtherEmail={() => turn(false)} />
  return <EmailForm email={email} setEmail={setEmail} plain={plain} onSent={() => turn(true)} />
}
