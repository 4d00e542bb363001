import { Link } from 'wouter-preact'
import { Icon, type IconName, Mark } from '../parts/icons.js'
import { textsOf } from '../texts/say.js'
import { chargeRunning } from './charge-running.js'
import type { Page } from './pages.js'

const say = textsOf('frame')

const places: readonly { readonly key: Page['under']; readonly href: string; readonly icon: IconName }[] = [
  { key: 'map', href: '/', icon: 'map' },
  { key: 'charging', href: '/charging', icon: 'bolt' },
  { key: 'history', href: '/history', icon: 'history' },
  { key: 'account', href: '/account', icon: 'person' },
]

/** The four places of the app: below on telephones, at the side on wide screens. */
export const Navigation = ({ current }: { readonly current: Page['under'] | undefined }) => (
  <nav class="nav" aria-label={say('navigation')}>
    <div class="brand">
      <Mark />
      <span>{say('app_name')}</span>
    </div>
    <ul class="bare">
      {places.map(({ key, href, icon }) => (
        <li key={key}>
          <Link href={href} aria-current={current === key ? 'page' : undefined}>
            <span class={`mark ${key === 'charging' && chargeRunning.value ? 'running' : ''}`}>
              <Icon name={icon} />
            </span>
            {say(key)}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
)
