import { useLocation } from 'wouter-preact'
import { Button } from '../../parts/button.js'
import { useDoing } from '../../parts/doing.js'
import type { IconName } from '../../parts/icons.js'
import { LinkEntry } from '../../parts/page.js'
import { Failure } from '../../parts/states.js'
import { toast } from '../../parts/toasts.js'
import { signInState, signOut } from '../../sign-in/sign-in-state.js'
import { type KeyOf, textsOf } from '../../texts/say.js'

const say = textsOf('account')

interface MenuEntry {
  readonly href: string
  readonly icon: IconName
  readonly title: 'profile' | 'vehicles' | 'cards' | 'passkeys' | 'data'
  readonly below: KeyOf<'account'> &
    ('profile_below' | 'vehicles_below' | 'cards_below' | 'passkeys_below' | 'data_below')
}

const PROFILE: MenuEntry = {
  href: '/account/profile',
  icon: 'person',
  title: 'profile',
  below: 'profile_below',
}

const MINE: readonly MenuEntry[] = [
  PROFILE,
  { href: '/account/vehicles', icon: 'car', title: 'vehicles', below: 'vehicles_below' },
  { href: '/account/cards', icon: 'card', title: 'cards', below: 'cards_below' },
  { href: '/account/passkeys', icon: 'key', title: 'passkeys', below: 'passkeys_below' },
  { href: '/account/data', icon: 'file', title: 'data', below: 'data_below' },
]

const SignOut = () => {
  const { busy, error, follow } = useDoing()
  const [, go] = useLocation()
  const press = (): void => {
    follow(
      signOut().then(() => {
        toast(say('signed_out'))
        go('/account')
      }),
    )
  }
  return (
    <div class="stack tight">
      {error !== undefined && <Failure error={error} />}
      <Button kind="plain" full busy={busy} onClick={press}>
        {say('sign_out')}
      </Button>
    </div>
  )
}

/** What belongs to the account, to choose from. */
export const AccountMenu = () => {
  const [location] = useLocation()
  const { kind } = signInState.value
  const entries = kind === 'nobody' ? [PROFILE] : MINE
  return (
    <nav class="stack" aria-label={say('menu')}>
      <ul class="rows">
        {entries.map(({ href, icon, title, below }) => (
          <LinkEntry
            key={href}
            href={href}
            icon={icon}
            title={say(title)}
            below={say(below)}
            current={location.startsWith(href)}
          />
        ))}
      </ul>
      <ul class="rows">
        <LinkEntry href="/report" icon="flag" title={say('report')} />
        <LinkEntry href="/about" icon="question" title={say('about')} />
      </ul>
      {kind === 'somebody' && <SignOut />}
    </nav>
  )
}
