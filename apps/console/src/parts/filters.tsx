import { Box, Button, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'

/** A filter of a list: a parameter of the API and of the page's address. */
export interface Filter {
  readonly name: string
  readonly label: string
  /** Values to choose from; any text when left out. */
  readonly options?: readonly (string | { readonly value: string; readonly label: string })[]
  readonly placeholder?: string
  /** A moment: typed in local time, ISO in the address. */
  readonly isTime?: true
  /** What no choice is called; `All` when left out. */
  readonly all?: string
}

/** The filters that the address of the page names. */
export const useFilters = (filters: readonly Filter[]) => {
  const [search, setSearch] = useSearchParams()
  const values: Readonly<Record<string, string>> = Object.fromEntries(
    filters.flatMap(({ name }) => {
      const value = search.get(name)
      return value === null || value === '' ? [] : [[name, value]]
    }),
  )
  const set = (name: string, value: string): void =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        if (value === '') after.delete(name)
        else after.set(name, value)
        return after
      },
      { replace: true },
    )
  const clear = (): void =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        for (const { name } of filters) after.delete(name)
        return after
      },
      { replace: true },
    )
  return { values, set, clear }
}

const TextFilter = ({
  filter,
  value,
  none,
  onChange,
}: {
  readonly filter: Filter
  readonly value: string
  /** Whether the address names no filter at all. */
  readonly none: boolean
  readonly onChange: (value: string) => void
}) => {
  const [text, setText] = useState(value)
  const later = useDebouncedCallback(onChange, 400)
  useEffect(() => setText(value), [value])
  // Filters that were all cleared stay so: text that still waited to become one is forgotten.
  const waiting = useRef(later)
  waiting.current = later
  useEffect(() => {
    if (!none) return
    waiting.current.cancel()
    setText('')
  }, [none])
  return (
    <TextInput
      size="xs"
      label={filter.label}
      placeholder={filter.placeholder}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        later(event.currentTarget.value.trim())
      }}
    />
  )
}

/** A moment as a field of local time has it; empty for what is no moment. */
const localOf = (iso: string): string => {
  const atMs = Date.parse(iso)
  if (Number.isNaN(atMs)) return ''
  const shiftMs = new Date(atMs).getTimezoneOffset() * 60_000
  return new Date(atMs - shiftMs).toISOString().slice(0, 16)
}

const TimeFilter = ({
  filter,
  value,
  onChange,
}: {
  readonly filter: Filter
  readonly value: string
  readonly onChange: (value: string) => void
}) => (
  <TextInput
    size="xs"
    type="datetime-local"
    className="filter-time"
    label={filter.label}
    value={localOf(value)}
    onChange={({ currentTarget }) => {
      const atMs = Date.parse(currentTarget.value)
      onChange(Number.isNaN(atMs) ? '' : new Date(atMs).toISOString())
    }}
  />
)

/** The filters of a list in one row; on narrow screens behind a button. The key `/` goes to the first. */
export const FilterBar = ({ filters }: { readonly filters: readonly Filter[] }) => {
  const { values, set, clear } = useFilters(filters)
  const [open, setOpen] = useState(false)
  const bar = useRef<HTMLElement>(null)
  useHotkeys([['/', () => bar.current?.querySelector<HTMLElement>('input, select')?.focus()]])
  const count = Object.keys(values).length
  return (
    <Box mb="md">
      <Button
        hiddenFrom="sm"
        size="xs"
        variant="default"
        mb="xs"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {count === 0 ? 'Filters' : `Filters (${count})`}
      </Button>
      <search ref={bar} className="filters" data-open={open} aria-label="Filters">
        {filters.map((filter) =>
          filter.isTime === true ? (
            <TimeFilter
              key={filter.name}
              filter={filter}
              value={values[filter.name] ?? ''}
              onChange={(value) => set(filter.name, value)}
            />
          ) : filter.options === undefined ? (
            <TextFilter
              key={filter.name}
              filter={filter}
              value={values[filter.name] ?? ''}
              none={count === 0}
              onChange={(value) => set(filter.name, value)}
            />
          ) : (
            <NativeSelect
              key={filter.name}
              size="xs"
              label={filter.label}
              value={values[filter.name] ?? ''}
              onChange={(event) => set(filter.name, event.currentTarget.value)}
              data={[{ value: '', label: filter.all ?? 'All' }, ...filter.options]}
            />
          ),
        )}
        {count > 0 && (
          <Button size="xs" variant="default" onClick={clear}>
            Clear
          </Button>
        )}
      </search>
    </Box>
  )
}
