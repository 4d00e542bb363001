import { Text } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { agoOf, localTime } from './times.js'

/** How something stands, by colour; always beside a word that says the same. */
export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'quiet'

/** A dot and a word. */
export const Mark = ({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) => (
  <span className="mark">
    <span className={`dot dot-${tone}`} />
    {children}
  </span>
)

const TONES: Readonly<Record<Tone, readonly string[]>> = {
  good: ['AVAILABLE', 'REGISTERED', 'COMPLETED', 'DONE', 'VALID', 'up'],
  busy: ['CHARGING', 'ACTIVE', 'PENDING', 'ACCEPTED', 'INVITED', 'INVITING', 'RESERVED', 'RESERVATION'],
  warn: ['BLOCKED', 'TIMEOUT', 'SUSPENDED', 'UNKNOWN', 'REFUSED', 'unknown'],
  bad: ['INOPERATIVE', 'OUTOFORDER', 'FAILED', 'INVALID', 'down'],
  quiet: [],
}

const toneOf = (status: string): Tone => {
  const tones: readonly Tone[] = ['good', 'busy', 'warn', 'bad']
  return tones.find((tone) => TONES[tone].includes(status)) ?? 'quiet'
}

/** A status of OCPI or of this node, with its colour. */
export const Status = ({ value }: { readonly value: string }) =>
  value === '' ? null : <Mark tone={toneOf(value)}>{value}</Mark>

const useNow = (): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** How long ago something was; the exact time is its title. Goes on counting. */
export const Age = ({ at }: { readonly at: string }) => {
  const now = useNow()
  if (at === '') return null
  return (
    <time dateTime={at} title={localTime(at)}>
      {agoOf(at, now)}
    </time>
  )
}

/** Facts as names and values; empty ones are left out. */
export const Facts = ({
  facts,
}: {
  readonly facts: readonly (readonly [name: string, value: ReactNode])[]
}) => (
  <dl className="facts">
    {facts
      .filter(([, value]) => value !== '' && value !== null && value !== undefined)
      .map(([name, value]) => [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
  </dl>
)

/** A number with its unit. */
export const Amount = ({ value, unit }: { readonly value: string; readonly unit: string }) =>
  value === '' ? null : (
    <span>
      {value}{' '}
      <Text span size="xs" c="dimmed">
        {unit}
      </Text>
    </span>
  )
