import type { Account } from '../api/account.js'
import { ApiFailure } from '../api/failure.js'
import { signInWithPasskey } from '../api/sign-in.js'
import { Button } from '../parts/button.js'
import { useDoing } from '../parts/doing.js'
import { Failure, Notice } from '../parts/states.js'
import { textsOf } from '../texts/say.js'

const say = textsOf('signIn')

interface PasskeyButtonProps {
  readonly onEntered: (who: Account) => void
  /** True where another way to sign in comes first. */
  readonly plain: boolean
}

const Trouble = ({ error }: { readonly error: unknown }) => {
  if (!(error instanceof ApiFailure)) return <Notice kind="warn">{say('passkey_failed')}</Notice>
  const unknown = [400, 401, 403, 404, 422].includes(error.status)
  return unknown ? <Notice kind="bad">{say('passkey_unknown')}</Notice> : <Failure error={error} />
}

/** Signs in with a passkey; nothing where the browser has none. */
export const PasskeyButton = ({ onEntered, plain }: PasskeyButtonProps) => {
  const { busy, error, follow } = useDoing()
  if (!('PublicKeyCredential' in window)) return null
  const press = (): void => follow(signInWithPasskey().then(onEntered))
  return (
    <div class="stack tight">
      <Button full icon="key" kind={plain ? 'plain' : 'primary'} busy={busy} onClick={press}>
        {say('passkey')}
      </Button>
      {error !== undefined && <Trouble error={error} />}
    </div>
  )
}
