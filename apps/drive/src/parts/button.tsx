import type { ComponentChildren } from 'preact'
import { Link } from 'wouter-preact'
import { Icon, type IconName } from './icons.js'

interface Look {
  /** `primary`: what the page is for; one a page. `plain`: the rest. `quiet`: beside other things. */
  readonly kind?: 'primary' | 'plain' | 'quiet'
  /** True for what cannot be taken back. */
  readonly danger?: boolean
  /** True takes the whole width. */
  readonly full?: boolean
  readonly small?: boolean
  readonly icon?: IconName
  readonly children: ComponentChildren
}

const classOf = ({ kind = 'primary', danger = false, full = false, small = false }: Look): string =>
  ['button', kind, danger && 'danger', full && 'full', small && 'small'].filter(Boolean).join(' ')

interface ButtonProps extends Look {
  readonly type?: 'button' | 'submit'
  /** True while it is being done: pressing again does nothing. */
  readonly busy?: boolean
  readonly disabled?: boolean
  readonly onClick?: () => void
}

/** A button. */
export const Button = (props: ButtonProps) => {
  const { type = 'button', busy = false, disabled = false, onClick, icon, children } = props
  return (
    <button
      type={type}
      class={classOf(props)}
      disabled={disabled}
      aria-busy={busy}
      onClick={(event) => {
        if (busy) event.preventDefault()
        else onClick?.()
      }}
    >
      {busy && <span class="spinner" />}
      {!busy && icon !== undefined && <Icon name={icon} size={20} />}
      <span>{children}</span>
    </button>
  )
}

/** A link that looks like a button; `href` is an address of the app. */
export const LinkButton = (props: Look & { readonly href: string }) => (
  <Link href={props.href} class={classOf(props)}>
    {props.icon !== undefined && <Icon name={props.icon} size={20} />}
    <span>{props.children}</span>
  </Link>
)
