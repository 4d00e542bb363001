import './styles/tokens.css'
import './styles/elements.css'
import './styles/frame.css'
import './styles/parts.css'
import { render } from 'preact'
import { App } from './app/app.js'
import { watchConnection } from './app/connection.js'
import { watchInstall } from './app/install.js'
import { startWorker } from './app/updates.js'
import { findWhoItIs } from './sign-in/sign-in-state.js'
import { rememberedLanguage } from './texts/remembered-language.js'
import { speak } from './texts/say.js'

const start = async (): Promise<void> => {
  // NOTE: the service worker answers for `/drive/` and below, not for `/drive`.
  if (window.location.pathname === '/drive')
    history.replaceState(null, '', `/drive/${window.location.search}`)
  watchInstall()
  await speak(rememberedLanguage())
  const root = document.getElementById('root')
  if (root !== null) render(<App />, root)
  watchConnection()
  await Promise.allSettled([findWhoItIs(), startWorker()])
}

start().catch((error: unknown) => console.error(error))
