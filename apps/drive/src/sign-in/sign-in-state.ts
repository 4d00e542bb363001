import { signal } from '@preact/signals'
import { ACCOUNT, type Account, account, getAccount } from '../api/account.js'
import { forgetAnswers, putAnswer, readAgain } from '../api/answers.js'
import { startEvents, stopEvents } from '../api/events.js'
import { ApiFailure } from '../api/failure.js'
import { readKept } from '../api/kept-store.js'
import { inLanguage, whenSignInNeeded } from '../api/request.js'
import { endSignIn } from '../api/sign-in.js'
import { languageOf } from '../texts/languages.js'
import { language, speak } from '../texts/say.js'

/** Who uses the app. */
export type SignInState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'somebody'; readonly account: Account }

/** Who uses the app; components that read it follow it. */
export const signInState = signal<SignInState>({ kind: 'asking' })

/** Whether the sign-in is open over the page, and why: it ended, or something needs one. */
export const signInOverPage = signal<'ended' | 'needed' | undefined>()

/** The account of who is signed in; undefined when nobody is. */
export const accountNow = (): Account | undefined =>
  signInState.value.kind === 'somebody' ? signInState.value.account : undefined

const waiting = new Set<(entered: boolean) => void>()

const answerWaiting = (entered: boolean): void => {
  signInOverPage.value = undefined
  for (const tell of waiting) tell(entered)
  waiting.clear()
}

const takeLanguage = async (tag: string): Promise<void> => {
  const wanted = languageOf(tag)
  if (wanted !== undefined && wanted !== language()) await speak(wanted)
}

/** Takes an account as the one that is signed in now. */
export const entered = async (who: Account): Promise<void> => {
  const before = signInState.peek()
  if (before.kind === 'somebody' && before.account.id !== who.id) await forgetAnswers()
  // NOTE: everybody who tries a demonstration is the same driver; each keeps the language of the own device.
  if (!who.is_demo) await takeLanguage(who.language).catch(() => undefined)
  putAnswer(ACCOUNT, who)
  signInState.value = { kind: 'somebody', account: who }
  startEvents()
  readAgain('/')
  answerWaiting(true)
}

/** Takes an account that changed. */
export const changed = async (who: Account): Promise<void> => {
  await takeLanguage(who.language)
  signInState.value = { kind: 'somebody', account: who }
}

/** Reads the account again after something else changed it, such as the first vehicle. */
export const accountChanged = async (): Promise<void> => changed(await getAccount())

const left = async (): Promise<void> => {
  stopEvents()
  signInState.value = { kind: 'nobody' }
  await forgetAnswers()
  readAgain('/')
}

/** Signs out; what the device kept of the account is deleted. Throws `ApiFailure` when the node could not be told. */
export const signOut = async (): Promise<void> => {
  await endSignIn()
  await left()
}

/** After the account was deleted: nobody is signed in any more. */
export const accountDeleted = left

/** The sign-in over the page was closed without signing in. */
export const signInClosed = (): void => answerWaiting(false)

/** A read found that nobody is signed in any more: says so over the page, which is read again after the next sign-in. */
const sayEnded = (): void => {
  if (signInState.peek().kind === 'somebody') signInOverPage.value ??= 'ended'
}

const askOverPage = (): Promise<boolean> => {
  signInOverPage.value ??= signInState.peek().kind === 'somebody' ? 'ended' : 'needed'
  return new Promise((resolve) => {
    waiting.add(resolve)
  })
}

const keptAccount = async (): Promise<Account | undefined> => {
  const kept = await readKept(inLanguage(ACCOUNT))
  try {
    return kept === undefined ? undefined : account(kept.body, '')
  } catch {
    return undefined
  }
}

/** Finds out who uses the app. Without a connection it is who it was last. */
export const findWhoItIs = async (): Promise<void> => {
  whenSignInNeeded({ ask: askOverPage, ended: sayEnded })
  try {
    await entered(await getAccount())
  } catch (error) {
    const known = error instanceof ApiFailure && error.kind === 'sign-in' ? undefined : await keptAccount()
    signInState.value = known === undefined ? { kind: 'nobody' } : { kind: 'somebody', account: known }
    if (known !== undefined) startEvents()
  }
}

/** Asks again who it is when the connection is back, and whether the sign-in still counts. */
export const checkSignIn = async (): Promise<void> => {
  try {
    const who = await getAccount()
    if (signInState.peek().kind !== 'somebody') await entered(who)
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error
  }
}
