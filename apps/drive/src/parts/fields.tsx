import { type ComponentChildren, h, type LooseInputHTMLAttributes } from 'preact'
import { useId } from 'preact/hooks'

interface Around {
  readonly label: string
  readonly hint?: string
  /** What is wrong with the value; empty or undefined when nothing is. */
  readonly wrong?: string | undefined
}

interface FrameProps extends Around {
  readonly id: string
  readonly children: ComponentChildren
}

const describedBy = (id: string, { hint, wrong }: Around): string | undefined =>
  [hint ? `${id}-hint` : '', wrong ? `${id}-wrong` : ''].filter(Boolean).join(' ') || undefined

const Frame = ({ id, label, hint, wrong, children }: FrameProps) => (
  <div class="field">
    <label for={id}>{label}</label>
    {hint && (
      <span class="hint" id={`${id}-hint`}>
        {hint}
      </span>
    )}
    {children}
    {wrong && (
      <span class="wrong" id={`${id}-wrong`} role="alert">
        {wrong}
      </span>
    )}
  </div>
)

interface TextFieldProps extends Around {
  readonly value: string
  readonly onValue: (value: string) => void
  readonly type?: 'text' | 'email' | 'search' | 'date' | 'time' | 'datetime-local' | 'month'
  readonly inputMode?: 'text' | 'email' | 'numeric' | 'decimal'
  /** What the browser may offer to fill in, such as `email`. */
  readonly autocomplete?: string
  readonly maxLength?: number
  readonly required?: boolean
}

/** A line of text. */
export const TextField = (props: TextFieldProps) => {
  const id = useId()
  const { value, onValue, type = 'text', inputMode, autocomplete, maxLength, required } = props
  const attributes: LooseInputHTMLAttributes & { readonly id: string } = {
    id,
    class: 'input',
    type,
    value,
    onInput: ({ currentTarget }) => onValue(currentTarget.value),
    inputMode,
    autocomplete,
    maxLength,
    'aria-required': required,
    'aria-invalid': props.wrong ? true : undefined,
    'aria-describedby': describedBy(id, props),
  }
  return (
    <Frame id={id} {...props}>
      {h('input', attributes)}
    </Frame>
  )
}

/** Several lines of text. */
export const TextArea = (props: Around & Pick<TextFieldProps, 'value' | 'onValue' | 'maxLength'>) => {
  const id = useId()
  return (
    <Frame id={id} {...props}>
      <textarea
        id={id}
        class="input"
        value={props.value}
        maxLength={props.maxLength}
        onInput={(event) => props.onValue(event.currentTarget.value)}
        aria-invalid={props.wrong ? true : undefined}
        aria-describedby={describedBy(id, props)}
      />
    </Frame>
  )
}

/** One of several values and how it reads. */
export interface Choice<V extends string> {
  readonly value: V
  readonly label: string
}

interface SelectProps<V extends string> extends Around {
  readonly value: V
  readonly choices: readonly Choice<V>[]
  readonly onValue: (value: V) => void
}

/** One of many, from a list that opens. */
export const SelectField = <V extends string>(props: SelectProps<V>) => {
  const id = useId()
  const { value, choices, onValue } = props
  return (
    <Frame id={id} {...props}>
      <select
        id={id}
        class="input"
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = choices.find((choice) => choice.value === currentTarget.value)
          if (chosen !== undefined) onValue(chosen.value)
        }}
        aria-describedby={describedBy(id, props)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Frame>
  )
}

interface ChoicesProps<V extends string> {
  readonly label: string
  readonly choices: readonly Choice<V>[]
  readonly wrong?: string | undefined
}

/** One of a few, all in view. */
export const OneOf = <V extends string>({
  label,
  choices,
  value,
  onValue,
  wrong,
}: ChoicesProps<V> & { readonly value: V | undefined; readonly onValue: (value: V) => void }) => {
  const name = useId()
  return (
    <fieldset class="fieldset field" aria-describedby={wrong ? `${name}-wrong` : undefined}>
      <legend>{label}</legend>
      <div class="choices">
        {choices.map((choice) => (
          <label class="choice" key={choice.value}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onValue(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
      {wrong && (
        <span class="wrong" id={`${name}-wrong`} role="alert">
          {wrong}
        </span>
      )}
    </fieldset>
  )
}

/** Any number of a few, all in view. */
export const SomeOf = <V extends string>({
  label,
  choices,
  values,
  onValues,
  wrong,
}: ChoicesProps<V> & {
  readonly values: readonly V[]
  readonly onValues: (values: readonly V[]) => void
}) => {
  const id = useId()
  return (
    <fieldset class="fieldset field" aria-describedby={wrong ? id : undefined}>
      <legend>{label}</legend>
      <div class="choices">
        {choices.map(({ value, label: words }) => (
          <label class="choice" key={value}>
            <input
              type="checkbox"
              checked={values.includes(value)}
              onChange={({ currentTarget }) =>
                onValues(
                  currentTarget.checked ? [...values, value] : values.filter((chosen) => chosen !== value),
                )
              }
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
      {wrong && (
        <span class="wrong" id={id} role="alert">
          {wrong}
        </span>
      )}
    </fieldset>
  )
}
