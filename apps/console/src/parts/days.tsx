import { NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSearchParams } from 'wouter'

const CHOICES = [
  { value: '1', label: 'Last 24 hours' },
  { value: '7', label: 'Last 7 days' },
  { value: '30', label: 'Last 30 days' },
]

/** Over how many days a tab looks back, as the address of the page says it, and the field that changes it. */
export const useDays = (
  tab: string,
  unlessSaid: '1' | '7' | '30',
): readonly [days: string, field: ReactNode] => {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('days')
  const days = CHOICES.find(({ value }) => value === asked)?.value ?? unlessSaid
  const field = (
    <NativeSelect
      label="Time"
      value={days}
      onChange={({ currentTarget }) => setSearch({ tab, days: currentTarget.value }, { replace: true })}
      data={CHOICES}
    />
  )
  return [days, field]
}
