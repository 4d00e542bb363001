import { signal } from '@preact/signals'
import { Button } from '../parts/button.js'
import { textsOf } from '../texts/say.js'

const say = textsOf('frame')

/** What browsers give a page that may be installed; not in the types of the DOM. */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>
}

const isInstallEvent = (event: Event): event is InstallEvent =>
  'prompt' in event && typeof event.prompt === 'function'

const offered = signal<InstallEvent | undefined>()

/** Notes when the browser would install the app, instead of letting it ask at once. */
export const watchInstall = (): void => {
  window.addEventListener('beforeinstallprompt', (event) => {
    if (!isInstallEvent(event)) return
    event.preventDefault()
    offered.value = event
  })
  window.addEventListener('appinstalled', () => {
    offered.value = undefined
  })
}

/** Offers to put the app on the home screen; nothing where the browser cannot, or it is there already. */
export const InstallOffer = () => {
  const event = offered.value
  if (event === undefined) return null
  const close = (): void => {
    offered.value = undefined
  }
  return (
    <div class="card stack tight">
      <h2>{say('install_title')}</h2>
      <p class="soft">{say('install_text')}</p>
      <div class="row">
        <Button icon="download" onClick={() => event.prompt().then(close, close)}>
          {say('install')}
        </Button>
        <Button kind="quiet" onClick={close}>
          {say('not_now')}
        </Button>
      </div>
    </div>
  )
}
