import type { ComponentChildren } from 'preact'
import type { UsedAnswer } from '../api/answers.js'
import { ApiFailure, type FailureKind, failureKind } from '../api/failure.js'
import { formatAgo } from '../texts/format.js'
import { hasText, type KeyOf, textsOf } from '../texts/say.js'
import { Button } from './button.js'
import { useNow } from './clock.js'
import { Icon, type IconName } from './icons.js'

const say = textsOf('frame')
const sayProblem = textsOf('problems')

const WORDS = {
  offline: 'error_offline',
  'sign-in': 'error_sign_in',
  forbidden: 'error_forbidden',
  missing: 'error_missing',
  refused: 'error_refused',
  'too-many': 'error_too_many',
  trouble: 'error_trouble',
  unexpected: 'error_unexpected',
} as const satisfies Readonly<Record<FailureKind, KeyOf<'frame'>>>

const PROBLEM = 'urn:interwatt:problem:'

/** What went wrong, in words for drivers. */
const failureWords = (error: unknown): string => {
  const key = error instanceof ApiFailure ? error.type.replace(PROBLEM, '').replaceAll('-', '_') : ''
  return hasText('problems', key) ? sayProblem(key) : say(WORDS[failureKind(error)])
}

/** What the node says about a refusal besides, in English; nothing where the app has words of its own. */
const Detail = ({ error }: { readonly error: unknown }) => {
  const known = failureWords(error) !== say(WORDS[failureKind(error)])
  if (known || !(error instanceof ApiFailure) || error.kind !== 'refused' || error.detail === '') return null
  return (
    <span class="small" lang="en">
      {' '}
      {error.detail}
    </span>
  )
}

interface NoticeProps {
  readonly kind?: 'note' | 'good' | 'warn' | 'bad'
  readonly title?: string
  readonly children?: ComponentChildren
  /** What can be done about it. */
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** Something to know, beside what it concerns. Trouble is announced at once, the rest when there is a pause. */
export const Notice = ({ kind = 'note', title, children, action }: NoticeProps) => (
  <div class={`notice ${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
    <div class="notice-words">
      {title !== undefined && <strong>{title}</strong>}
      {children}
    </div>
    {action !== undefined && (
      <Button kind="plain" small onClick={action.run}>
        {action.label}
      </Button>
    )}
  </div>
)

/** Says what kept something from being done, and offers to try again. */
export const Failure = ({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) => {
  const complaints = error instanceof ApiFailure ? error.complaints : []
  return (
    <Notice kind="bad" {...(retry === undefined ? {} : { action: { label: say('try_again'), run: retry } })}>
      {failureWords(error)}
      <Detail error={error} />
      {complaints.length > 0 && (
        <ul>
          {complaints.map(({ pointer, message }) => (
            <li key={pointer + message}>{message}</li>
          ))}
        </ul>
      )}
    </Notice>
  )
}

/** Stands for what is being fetched. */
export const Loading = ({ lines = 3 }: { readonly lines?: number }) => (
  <div class="bones" role="status" aria-label={say('loading')}>
    {Array.from({ length: lines }, (_, index) => (
      <span class="bone" key={String(index)} />
    ))}
  </div>
)

interface EmptyProps {
  readonly icon: IconName
  readonly title: string
  readonly text?: string
  /** What can be done about it. */
  readonly children?: ComponentChildren
}

/** Says that there is nothing, and what to do about it. */
export const Empty = ({ icon, title, text, children }: EmptyProps) => (
  <div class="empty">
    <div class="empty-icon">
      <Icon name={icon} size={48} />
    </div>
    <h2>{title}</h2>
    {text !== undefined && <p>{text}</p>}
    {children}
  </div>
)

/** Says that what is shown is the last known, and how old; nothing when it is the newest. */
export const LastKnown = ({ of }: { readonly of: UsedAnswer<unknown> }) => {
  const now = useNow()
  if (of.failure === undefined || of.atMs === 0) return null
  return (
    <p class="small soft" role="status">
      {say('last_known', { ago: formatAgo(now - of.atMs) })}
    </p>
  )
}

interface AnsweredProps<T> {
  readonly of: UsedAnswer<T>
  readonly lines?: number
  readonly children: (value: T) => ComponentChildren
}

/** Draws what was read, with its age when the newest could not be; before that it waits, or says why there is nothing. */
export const Answered = <T,>({ of, lines = 3, children }: AnsweredProps<T>) => {
  if (of.value !== undefined)
    return (
      <>
        <LastKnown of={of} />
        {children(of.value)}
      </>
    )
  return of.failure === undefined ? (
    <Loading lines={lines} />
  ) : (
    <Failure error={of.failure} retry={of.reload} />
  )
}
