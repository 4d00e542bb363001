import { Group } from '@mantine/core'
import { Link, useSearch } from 'wouter'

/** A question that a list answers, as the filters that ask it. */
export interface Preset {
  readonly label: string
  readonly filters: Readonly<Record<string, string>>
}

/** Questions of a list, each one click away; the one that is asked is marked. */
export const Presets = ({
  path,
  presets,
}: {
  readonly path: string
  readonly presets: readonly Preset[]
}) => {
  const asked = new URLSearchParams(useSearch())
  if (presets.length === 0) return null
  return (
    <Group component="nav" gap={8} mb="sm" aria-label="Questions">
      {presets.map(({ label, filters }) => {
        const isAsked = Object.entries(filters).every(([name, value]) => asked.get(name) === value)
        return (
          <Link
            key={label}
            className="preset"
            href={`${path}?${new URLSearchParams(filters)}`}
            aria-current={isAsked ? 'true' : undefined}
          >
            {label}
          </Link>
        )
      })}
    </Group>
  )
}
