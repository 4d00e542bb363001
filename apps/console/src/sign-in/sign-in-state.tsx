import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { ApiFailure, setCsrf, whenSignedOut } from '../api/request.js'
import { getSession, type Role, type Session, signOut } from '../api/session.js'

/** Who is at the console. */
export type SignInState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'somebody'; readonly session: Session }
  /** Somebody was signed in; the page behind is kept until they are again. */
  | { readonly kind: 'expired'; readonly session: Session }

interface SignIn {
  readonly state: SignInState
  entered(session: Session): void
  leave(): Promise<void>
  askAgain(): void
}

const SignInContext = createContext<SignIn | undefined>(undefined)

/** Knows who is signed in, and notices when that ends. */
export const SignInProvider = ({ children }: { readonly children: ReactNode }) => {
  const queries = useQueryClient()
  const [state, setState] = useState<SignInState>({ kind: 'asking' })
  const entered = useCallback(
    (session: Session): void => {
      setCsrf(session.csrf ?? '')
      setState({ kind: 'somebody', session })
      queries.invalidateQueries().catch(() => undefined)
    },
    [queries],
  )
  const askAgain = useCallback((): void => {
    getSession().then(entered, (error: unknown) => {
      const nobody = error instanceof ApiFailure && error.status === 401
      const detail = error instanceof Error ? error.message : 'The node does not answer.'
      setState(nobody ? { kind: 'nobody' } : { kind: 'unreachable', detail })
    })
  }, [entered])
  const leave = useCallback(async (): Promise<void> => {
    await signOut().catch(() => undefined)
    queries.clear()
    setState({ kind: 'nobody' })
  }, [queries])
  useEffect(() => {
    whenSignedOut(() =>
      setState((was) => (was.kind === 'somebody' ? { kind: 'expired', session: was.session } : was)),
    )
    askAgain()
  }, [askAgain])
  const signIn = useMemo(() => ({ state, entered, leave, askAgain }), [state, entered, leave, askAgain])
  return <SignInContext value={signIn}>{children}</SignInContext>
}

/** Sign-in of the person at the console. */
export const useSignIn = (): SignIn => {
  const found = useContext(SignInContext)
  if (found === undefined) throw new Error('useSignIn needs a SignInProvider')
  return found
}

const RANKS: readonly Role[] = ['read-only', 'support', 'operator', 'admin']

/** Whether the person at the console has a role at least. The node checks it anyway; pages hide what would be refused. */
export const useMay = (needed: Role): boolean => {
  const { state } = useSignIn()
  if (state.kind !== 'somebody' && state.kind !== 'expired') return false
  return RANKS.indexOf(state.session.role) >= RANKS.indexOf(needed)
}
