import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import type { Account } from '../api/account.js'
import { useAppFacts } from '../api/app-facts.js'
import { signInToDemo } from '../api/sign-in.js'
import { Button } from '../parts/button.js'
import { Dialog } from '../parts/dialog.js'
import { useDoing } from '../parts/doing.js'
import { PageHead } from '../parts/page.js'
import { Failure, Loading } from '../parts/states.js'
import { language, textsOf } from '../texts/say.js'
import { CodeForm } from './code-form.js'
import { PasskeyButton } from './passkey-button.js'
import { entered, signInClosed, signInOverPage } from './sign-in-state.js'

const say = textsOf('signIn')

const DemoButton = ({ onEntered }: { readonly onEntered: (who: Account) => void }) => {
  const { busy, error, follow } = useDoing()
  const press = (): void => follow(signInToDemo(language()).then(onEntered))
  return (
    <div class="stack tight">
      <Button full icon="person" busy={busy} onClick={press}>
        {say('demo')}
      </Button>
      <p class="soft small">{say('demo_text')}</p>
      {error !== undefined && <Failure error={error} />}
    </div>
  )
}

/** The ways to sign in that the node offers. */
const Ways = ({ onEntered }: { readonly onEntered: (who: Account) => void }) => {
  const facts = useAppFacts()
  const [codeSent, setCodeSent] = useState(false)
  if (facts.value === undefined)
    return facts.failure === undefined ? <Loading /> : <Failure error={facts.failure} retry={facts.reload} />
  const ways = facts.value.sign_in
  const [demo, passkey, code] = [ways.demo === true, ways.passkey === true, ways.code === true]
  if (!demo && !passkey && !code) return <p>{say('no_way')}</p>
  return (
    <div class="stack">
      {demo && !codeSent && <DemoButton onEntered={onEntered} />}
      {passkey && !codeSent && <PasskeyButton onEntered={onEntered} plain={demo} />}
      {code && (demo || passkey) && !codeSent && <p class="or">{say('or')}</p>}
      {code && <CodeForm onEntered={onEntered} onSent={setCodeSent} plain={demo || passkey} />}
    </div>
  )
}

const take = (who: Account): void => {
  entered(who).catch(() => undefined)
}

/** The sign-in in the place of a page. */
export const SignIn = ({ then }: { readonly then?: string }) => {
  const [, go] = useLocation()
  const enter = (who: Account): void => {
    entered(who).then(
      () => then !== undefined && go(then, { replace: true }),
      () => undefined,
    )
  }
  return (
    <div class="sign-in">
      <PageHead title={say('title')} below={say('welcome')} />
      <Ways onEntered={enter} />
    </div>
  )
}

/** The sign-in over the page, when one ended or something needs one. The page below stays as it is. */
export const SignInOverPage = () => {
  const why = signInOverPage.value
  if (why === undefined) return null
  return (
    <Dialog title={say(why === 'ended' ? 'ended_title' : 'needed_title')} onClose={signInClosed}>
      <div class="stack">
        <p class="soft">{say(why === 'ended' ? 'ended_text' : 'welcome')}</p>
        <Ways onEntered={take} />
      </div>
    </Dialog>
  )
}
