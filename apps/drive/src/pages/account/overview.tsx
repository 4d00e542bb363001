import type { Account } from '../../api/account.js'
import { InstallOffer } from '../../app/install.js'
import { LinkButton } from '../../parts/button.js'
import { DemoNotice } from '../../parts/demo-notice.js'
import { PageHead } from '../../parts/page.js'
import { Loading } from '../../parts/states.js'
import { signInState } from '../../sign-in/sign-in-state.js'
import { formatDate } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('account')

const Facts = ({ account }: { readonly account: Account }) => (
  <div class="card">
    <dl class="facts">
      {account.email !== null && (
        <div>
          <dt>{say('email')}</dt>
          <dd>{account.email}</dd>
        </div>
      )}
      {account.contract_id !== null && (
        <div>
          <dt>{say('contract')}</dt>
          <dd class="figures">{account.contract_id}</dd>
        </div>
      )}
      <div>
        <dt>{say('since')}</dt>
        <dd>{formatDate(account.created_at)}</dd>
      </div>
    </dl>
  </div>
)

const greeting = ({ name, is_demo }: Account): string => {
  const shown = name?.trim() || (is_demo ? say('test_driver') : '')
  return shown === '' ? say('hello_nobody') : say('hello', { name: shown })
}

const Somebody = ({ account }: { readonly account: Account }) => (
  <>
    <PageHead title={say('title')} below={greeting(account)} />
    <div class="stack">
      <Facts account={account} />
      <DemoNotice />
      <InstallOffer />
    </div>
  </>
)

/** Who is signed in, or an invitation to do so. */
export const Overview = () => {
  const state = signInState.value
  if (state.kind === 'somebody') return <Somebody account={state.account} />
  if (state.kind === 'asking') return <Loading lines={1} />
  return (
    <>
      <PageHead title={say('title')} below={say('not_signed_in')} />
      <div class="stack">
        <div>
          <LinkButton href="/sign-in">{say('sign_in')}</LinkButton>
        </div>
        <DemoNotice />
        <InstallOffer />
      </div>
    </>
  )
}
