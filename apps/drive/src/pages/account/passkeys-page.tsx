import { useState } from 'preact/hooks'
import { ApiFailure } from '../../api/failure.js'
import { addPasskey, type Passkey, removePasskey, usePasskeys } from '../../api/passkeys.js'
import { Button } from '../../parts/button.js'
import { useNow } from '../../parts/clock.js'
import { Confirm } from '../../parts/dialog.js'
import { useDoing } from '../../parts/doing.js'
import { Entry, PageHead } from '../../parts/page.js'
import { Answered, Empty, Failure, Notice } from '../../parts/states.js'
import { toast } from '../../parts/toasts.js'
import { formatAgo, formatDate } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'
import { deviceName } from './device-name.js'

const say = textsOf('account')

const isKnown = (error: unknown): boolean => error instanceof Error && error.name === 'InvalidStateError'

const AddTrouble = ({ error }: { readonly error: unknown }) => {
  if (error instanceof ApiFailure) return <Failure error={error} />
  return <Notice kind="warn">{say(isKnown(error) ? 'passkey_known' : 'passkey_not_added')}</Notice>
}

const Adding = () => {
  const { busy, error, follow } = useDoing()
  if (!('PublicKeyCredential' in window)) return <p class="soft">{say('passkey_impossible')}</p>
  const press = (): void => {
    const name = deviceName(navigator.userAgent) ?? say('passkey_default')
    follow(addPasskey(name).then(() => toast(say('passkey_added'))))
  }
  return (
    <div class="stack tight">
      <div>
        <Button icon="plus" busy={busy} onClick={press}>
          {say('passkey_add')}
        </Button>
      </div>
      {error !== undefined && <AddTrouble error={error} />}
    </div>
  )
}

const PasskeyEntry = ({ passkey }: { readonly passkey: Passkey }) => {
  const [asking, setAsking] = useState(false)
  const now = useNow()
  const { last_used_at: used } = passkey
  const below = [
    say('passkey_made', { date: formatDate(passkey.created_at) }),
    used === null ? '' : say('passkey_used', { ago: formatAgo(now - new Date(used).getTime()) }),
  ]
  return (
    <>
      <Entry
        icon="key"
        title={passkey.name || say('passkey_default')}
        below={below.filter(Boolean).join(', ')}
        end={
          <Button kind="quiet" small danger onClick={() => setAsking(true)}>
            {say('passkey_remove')}
          </Button>
        }
      />
      {asking && (
        <Confirm
          title={say('passkey_remove_title')}
          does={say('passkey_remove')}
          danger
          onClose={() => setAsking(false)}
          run={() => removePasskey(passkey.id)}
        >
          <p>{say('passkey_remove_text')}</p>
        </Confirm>
      )}
    </>
  )
}

/** The passkeys that sign in to the account. */
export const PasskeysPage = () => {
  const passkeys = usePasskeys()
  return (
    <>
      <PageHead
        title={say('passkeys')}
        back={{ href: '/account', label: say('title') }}
        below={say('passkeys_text')}
      />
      <div class="stack">
        <Answered of={passkeys} lines={1}>
          {(items) =>
            items.length === 0 ? (
              <Empty icon="key" title={say('passkeys_none')} />
            ) : (
              <ul class="rows">
                {items.map((passkey) => (
                  <PasskeyEntry key={passkey.id} passkey={passkey} />
                ))}
              </ul>
            )
          }
        </Answered>
        <Adding />
      </div>
    </>
  )
}
