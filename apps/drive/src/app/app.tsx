import { useEffect, useRef } from 'preact/hooks'
import { Route, Router, Switch, useLocation } from 'wouter-preact'
import { LinkButton } from '../parts/button.js'
import { ErrorBoundary } from '../parts/error-boundary.js'
import { noteArrival, PageHead } from '../parts/page.js'
import { Loading } from '../parts/states.js'
import { Toasts } from '../parts/toasts.js'
import { SignIn, SignInOverPage } from '../sign-in/sign-in.js'
import { signInState } from '../sign-in/sign-in-state.js'
import { textsOf } from '../texts/say.js'
import { Navigation } from './navigation.js'
import { Notices } from './notices.js'
import { type Page, pages } from './pages.js'

const say = textsOf('frame')

const NotFound = () => (
  <>
    <PageHead title={say('not_found_title')} below={say('not_found_text')} />
    <LinkButton href="/">{say('to_start')}</LinkButton>
  </>
)

const Content = ({ page }: { readonly page: Page }) => {
  const { kind } = signInState.value
  if (page.signedIn === true && kind === 'asking') return <Loading />
  if (page.signedIn === true && kind === 'nobody') return <SignIn />
  return <page.component />
}

const nameOf = (location: string): string => location.split('/')[1] ?? ''

let wentBack = false
window.addEventListener('popstate', () => {
  wentBack = true
})

/** Brings the beginning of a page that was opened into view, and has its heading take the focus. */
const useArrival = (location: string): void => {
  const before = useRef(location)
  if (before.current !== location) {
    before.current = location
    noteArrival()
  }
  useEffect(() => {
    // NOTE: on the way back the browser knows the place where the page was left.
    if (!wentBack) window.scrollTo(0, 0)
    wentBack = false
  }, [location])
}

const Frame = () => {
  const [location] = useLocation()
  useArrival(location)
  const page = pages.find(({ name }) => name === nameOf(location))
  const asksToSignIn = page?.signedIn === true && signInState.value.kind === 'nobody'
  return (
    <div class="shell">
      <a class="skip" href="#content">
        {say('skip')}
      </a>
      <Navigation current={page?.under} />
      <Notices />
      <main id="content" class={`main ${asksToSignIn ? '' : (page?.width ?? '')}`} tabIndex={-1}>
        <ErrorBoundary key={nameOf(location)}>
          <Switch>
            {pages.map((known) => (
              <Route key={known.name} path={known.name === '' ? '/' : `/${known.name}/*?`}>
                <Content page={known} />
              </Route>
            ))}
            <Route>
              <NotFound />
            </Route>
          </Switch>
        </ErrorBoundary>
      </main>
      <Toasts />
      <SignInOverPage />
    </div>
  )
}

/** The whole app. */
export const App = () => (
  <Router base="/drive">
    <Frame />
  </Router>
)
