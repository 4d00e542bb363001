import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { deleteAccount, exportAccount } from '../../api/account.js'
import { Button } from '../../parts/button.js'
import { Confirm } from '../../parts/dialog.js'
import { useDoing } from '../../parts/doing.js'
import { PageHead } from '../../parts/page.js'
import { saveFile } from '../../parts/save-file.js'
import { Failure } from '../../parts/states.js'
import { toast } from '../../parts/toasts.js'
import { accountDeleted } from '../../sign-in/sign-in-state.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('account')

const save = async (): Promise<void> => {
  const everything = await exportAccount()
  const day = new Date().toISOString().slice(0, 10)
  const content = new Blob([JSON.stringify(everything, null, 2)], { type: 'application/json' })
  saveFile(`interwatt-${day}.json`, content)
}

const Exporting = () => {
  const { busy, error, follow } = useDoing()
  return (
    <section class="card stack tight">
      <h2>{say('export_title')}</h2>
      <p class="soft">{say('export_text')}</p>
      {error !== undefined && <Failure error={error} />}
      <div>
        <Button kind="plain" icon="download" busy={busy} onClick={() => follow(save())}>
          {say('export')}
        </Button>
      </div>
    </section>
  )
}

const Consequences = () => (
  <>
    <p>{say('delete_text')}</p>
    <ul class="consequences">
      <li>{say('delete_sign_in')}</li>
      <li>{say('delete_cards')}</li>
      <li>{say('delete_gone')}</li>
      <li>{say('delete_kept')}</li>
      <li>{say('delete_running')}</li>
    </ul>
  </>
)

const Asking = ({ onClose }: { readonly onClose: () => void }) => {
  const [understood, setUnderstood] = useState(false)
  const [, go] = useLocation()
  const done = (): void => {
    accountDeleted().catch(() => undefined)
    toast(say('deleted'))
    go('/account')
  }
  return (
    <Confirm
      title={say('delete_sure')}
      does={say('delete_do')}
      danger
      blocked={!understood}
      onClose={onClose}
      run={deleteAccount}
      onDone={done}
    >
      <Consequences />
      <label class="understood">
        <input
          type="checkbox"
          checked={understood}
          onChange={({ currentTarget }) => setUnderstood(currentTarget.checked)}
        />
        <span>{say('delete_understood')}</span>
      </label>
    </Confirm>
  )
}

const Deleting = () => {
  const [asking, setAsking] = useState(false)
  return (
    <section class="card stack tight">
      <h2>{say('delete_title')}</h2>
      <div class="stack tight soft">
        <Consequences />
      </div>
      <div>
        <Button kind="quiet" danger onClick={() => setAsking(true)}>
          {say('delete_open')}
        </Button>
      </div>
      {asking && <Asking onClose={() => setAsking(false)} />}
    </section>
  )
}

/** Everything that is kept about the driver, as a file; and the end of the account. */
export const DataPage = () => (
  <>
    <PageHead title={say('data')} back={{ href: '/account', label: say('title') }} />
    <div class="stack">
      <Exporting />
      <Deleting />
    </div>
  </>
)
