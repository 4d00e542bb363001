import { Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { getWhy, type Why, type WhyOf } from '../../api/why.js'
import { Failure, Loading } from '../../parts/states.js'
import { Mark, type Tone } from '../../parts/values.js'

const TONES: Readonly<Record<Why['state'], Tone>> = {
  well: 'good',
  waiting: 'busy',
  odd: 'warn',
  failed: 'bad',
}
const WORDS: Readonly<Record<Why['state'], string>> = {
  well: 'went well',
  waiting: 'under way',
  odd: 'went well, with something wrong',
  failed: 'failed',
}
const TITLES: Readonly<Record<Why['state'], string>> = {
  well: 'How it stands',
  waiting: 'How it stands',
  odd: 'What is wrong',
  failed: 'Why it failed',
}
const LANGUAGES = ['en', 'de', 'fr', 'nl'] as const

const DriverText = ({ why }: { readonly why: Why }) => {
  const [language, setLanguage] = useState<string>(LANGUAGES[0])
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="sm" fw={600}>
          To the driver
        </Text>
        <SegmentedControl
          size="xs"
          data={[...LANGUAGES]}
          value={language}
          onChange={setLanguage}
          aria-label="Language of the driver"
        />
      </Group>
      <Text size="sm" lang={language}>
        {why.text[language]} {why.what_to_do[language]}
      </Text>
    </div>
  )
}

const Evidence = ({ why }: { readonly why: Why }) => {
  const { rule, messages } = why.evidence
  if (rule === null && messages.length === 0) return null
  return (
    <Group gap="sm">
      {messages.map((id, index) => (
        <Text key={id} size="sm" component="span">
          <Link href={`/conversation/${id}`}>
            {messages.length === 1 ? 'Message' : `Message ${index + 1}`}
          </Link>
        </Text>
      ))}
      {rule !== null && (
        <Text size="sm" c="dimmed">
          Rule {rule}
        </Text>
      )}
    </Group>
  )
}

/** Why a charge did or did not start: for support, for the driver, and what shows it. */
export const WhyPanel = ({ of }: { readonly of: WhyOf }) => {
  const why = useQuery({ queryKey: [of.kind, 'why', of.id], queryFn: () => getWhy(of) })
  if (why.isPending) return <Loading />
  if (why.isError) return <Failure error={why.error} retry={() => why.refetch()} />
  const { state, code, support, operator_words: said } = why.data
  return (
    <Paper withBorder p="md" bg="var(--console-panel)" component="section" aria-label={TITLES[state]}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h4">
            {TITLES[state]}
          </Title>
          <Text size="sm" component="span">
            <Mark tone={TONES[state]}>
              {WORDS[state]}, {code}
            </Mark>
          </Text>
        </Group>
        <Text size="sm" className="page-title">
          {support}
        </Text>
        {said !== null && !support.includes(said) && (
          <Text size="sm" c="dimmed">
            The operator says: {said}
          </Text>
        )}
        <DriverText why={why.data} />
        <Evidence why={why.data} />
      </Stack>
    </Paper>
  )
}
