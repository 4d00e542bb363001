import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { Suspense, useEffect, useState } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { ApiFailure } from '../api/request.js'
import { ErrorBoundary } from '../parts/error-boundary.js'
import { Loading, NothingHere } from '../parts/states.js'
import { SignInGate } from '../sign-in/sign-in-page.js'
import { SignInProvider } from '../sign-in/sign-in-state.js'
import { LiveProvider } from './live.js'
import { pages } from './pages.js'
import { Shell } from './shell.js'
import { styleNonce } from './style-nonce.js'
import { cssVariablesResolver, theme } from './theme.js'

/** Answers that say no are not asked for again; a node that does not answer is. */
const mayRetry = (failures: number, error: Error): boolean =>
  failures < 2 && error instanceof ApiFailure && (error.status === 0 || error.status >= 500)

const newQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      // NOTE: events say what changed; nothing is asked for again just because time passed.
      queries: { staleTime: 60_000, retry: mayRetry, refetchOnWindowFocus: false },
    },
  })

/** Names the browser tab after the page, and brings its beginning into view. */
const useArrival = (): void => {
  const [location] = useLocation()
  useEffect(() => {
    const page = pages.find(({ name }) => name === (location.split('/')[1] ?? ''))
    document.title = `${page?.label ?? 'Not found'} – Interwatt`
    window.scrollTo(0, 0)
  }, [location])
}

const Pages = () => {
  useArrival()
  const [location] = useLocation()
  return (
    <ErrorBoundary key={location.split('/')[1]}>
      <Suspense fallback={<Loading />}>
        <Switch>
          {pages.map(({ name, component }) => (
            <Route key={name} path={name === '' ? '/' : `/${name}/*?`} component={component} />
          ))}
          <Route>
            <NothingHere what="page" />
          </Route>
        </Switch>
      </Suspense>
    </ErrorBoundary>
  )
}

/** The whole console. */
export const App = () => {
  const [queries] = useState(newQueryClient)
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queries}>
        <SignInProvider>
          <SignInGate>
            <LiveProvider>
              <Shell>
                <Pages />
              </Shell>
            </LiveProvider>
          </SignInGate>
        </SignInProvider>
      </QueryClientProvider>
    </MantineProvider>
  )
}
