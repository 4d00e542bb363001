import { List, NativeSelect, Paper, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { type Explanation, getExplanation, languages } from '../../api/explanations.js'
import { textAt } from '../../api/fields.js'
import type { Doc } from '../../api/reading.js'
import { ApiFailure } from '../../api/request.js'
import { Failure, Loading } from '../../parts/states.js'

const Statements = ({ explanation }: { readonly explanation: Explanation }) => {
  const numbered = new Map(explanation.statements.map((one, index) => [one, String(index)]))
  return (
    <div lang={explanation.language}>
      {explanation.statements.length === 0 ? (
        <Text size="sm">The tariff says nothing.</Text>
      ) : (
        <List aria-label="The tariff in words">
          {explanation.statements.map((statement) => (
            <List.Item key={numbered.get(statement)}>{statement.text}</List.Item>
          ))}
        </List>
      )}
    </div>
  )
}

/** A tariff in plain words of a language. */
export const TariffWords = ({ tariff, language }: { readonly tariff: Doc; readonly language: string }) => {
  const key = ['country_code', 'party_id', 'id'].map((name) => textAt(tariff, name))
  const words = useQuery({
    queryKey: ['tariffs', 'words', ...key, language],
    queryFn: () => getExplanation(tariff, language),
  })
  if (words.isPending) return <Loading lines={2} />
  if (words.error instanceof ApiFailure && words.error.status === 404)
    return <Text size="sm">This tariff is not known here: its owner has not sent it.</Text>
  if (words.isError) return <Failure error={words.error} retry={() => words.refetch()} />
  return <Statements explanation={words.data} />
}

/** The language that tariffs are explained in, and the field that changes it. */
export const useTariffLanguage = (): readonly [language: string, field: ReactNode] => {
  const [language, setLanguage] = useState<string>(languages[0].value)
  const field = (
    <NativeSelect
      label="Language"
      maw={220}
      value={language}
      onChange={(event) => setLanguage(event.currentTarget.value)}
      data={[...languages]}
    />
  )
  return [language, field]
}

/** What a driver pays under the tariff, and when, in plain words. */
export const WordsTab = ({ tariff }: { readonly tariff: Doc }) => {
  const [language, languageField] = useTariffLanguage()
  return (
    <Stack>
      {languageField}
      <Paper withBorder p="md" bg="var(--console-panel)">
        <TariffWords tariff={tariff} language={language} />
      </Paper>
    </Stack>
  )
}
