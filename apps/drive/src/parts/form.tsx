import type { ComponentChildren } from 'preact'

interface FormProps {
  readonly onSubmit: () => void
  readonly children: ComponentChildren
}

/** A form that the app checks by itself, in its own words, and sends without leaving the page. */
export const Form = ({ onSubmit, children }: FormProps) => (
  <form
    class="stack"
    noValidate
    onSubmit={(event) => {
      event.preventDefault()
      onSubmit()
    }}
  >
    {children}
  </form>
)
