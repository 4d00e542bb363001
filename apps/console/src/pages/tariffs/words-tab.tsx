import { List, NativeSelect, Paper, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Explanation, getExplanation, languages } from '../../api/explanations.js'
import { textAt } from '../../api/fields.js'
import type { Doc } from '../../api/reading.js'
import { Failure, Loading } from '../../parts/states.js'

const Statements = ({ explanation }: { readonly explanation: Explanation }) => {
  const numbered = new Map(explanation.statements.map((one, index) => [one, String(index)]))
  return (
    <Paper withBorder p="md" bg="var(--console-panel)" lang={explanation.language}>
      {explanation.statements.length === 0 ? (
        <Text size="sm">The tariff says nothing.</Text>
      ) : (
        <List aria-label="The tariff in words">
          {explanation.statements.map((statement) => (
            <List.Item key={numbered.get(statement)}>{statement.text}</List.Item>
          ))}
        </List>
      )}
    </Paper>
  )
}

/** What a driver pays under the tariff, and when, in plain words. */
export const WordsTab = ({ tariff }: { readonly tariff: Doc }) => {
  const [language, setLanguage] = useState<string>(languages[0].value)
  const key = ['country_code', 'party_id', 'id'].map((name) => textAt(tariff, name))
  const words = useQuery({
    queryKey: ['tariffs', 'words', ...key, language],
    queryFn: () => getExplanation(tariff, language),
  })
  return (
    <Stack>
      <NativeSelect
        label="Language"
        maw={220}
        value={language}
        onChange={(event) => setLanguage(event.currentTarget.value)}
        data={[...languages]}
      />
      {words.isPending && <Loading />}
      {words.isError && <Failure error={words.error} retry={() => words.refetch()} />}
      {words.data !== undefined && <Statements explanation={words.data} />}
    </Stack>
  )
}
