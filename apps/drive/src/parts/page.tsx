import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { textsOf } from '../texts/say.js'
import { Icon, type IconName } from './icons.js'

const say = textsOf('frame')

let arrivals = 0
let greeted = 0

/** Notes that another page was opened: its heading gets the focus when it is drawn. */
export const noteArrival = (): void => {
  arrivals += 1
}

interface PageHeadProps {
  readonly title: string
  /** Where the page was opened from; shown as a way back. */
  readonly back?: { readonly href: string; readonly label: string }
  /** True where the heading is for screen readers only, as on the map. */
  readonly unseen?: boolean
  readonly below?: ComponentChildren
}

/** The heading of a page: names the window after it, and takes the focus when the page was opened. Each page has one. */
export const PageHead = ({ title, back, unseen = false, below }: PageHeadProps) => {
  const heading = useRef<HTMLHeadingElement>(null)
  const [location] = useLocation()
  useEffect(() => {
    document.title = `${title} – ${say('app_name')}`
  }, [title])
  useEffect(() => {
    if (greeted === arrivals) return
    greeted = arrivals
    heading.current?.focus({ preventScroll: true })
  }, [location])
  return (
    <div class={unseen ? 'unseen' : 'page-head'}>
      {back !== undefined && (
        <Link href={back.href} class="way-back">
          <Icon name="back" size={18} />
          {back.label}
        </Link>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {below !== undefined && <div class="soft">{below}</div>}
    </div>
  )
}

/** A part of a page with a heading of its own. */
export const Section = ({
  title,
  children,
}: {
  readonly title: string
  readonly children: ComponentChildren
}) => (
  <section class="section">
    <h2 class="section-title">{title}</h2>
    {children}
  </section>
)

interface EntryProps {
  readonly icon?: IconName
  readonly title: ComponentChildren
  readonly below?: ComponentChildren
  /** At the end of the row, such as a badge. */
  readonly end?: ComponentChildren
}

const EntryWords = ({ icon, title, below, end }: EntryProps) => (
  <>
    {icon !== undefined && <Icon name={icon} />}
    <span class="words">
      {title}
      {below !== undefined && <span class="soft">{below}</span>}
    </span>
    {end}
  </>
)

/** One line of `<ul class="rows">`, that leads somewhere. */
export const LinkEntry = (props: EntryProps & { readonly href: string; readonly current?: boolean }) => (
  <li>
    <Link href={props.href} class="entry" aria-current={props.current === true ? 'page' : undefined}>
      <EntryWords {...props} />
      <Icon name="next" size={18} />
    </Link>
  </li>
)

/** One line of `<ul class="rows">`, that says something. */
export const Entry = (props: EntryProps) => (
  <li>
    <div class="entry">
      <EntryWords {...props} />
    </div>
  </li>
)
