import { Paper, Stack, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import { docsAt, listAt, textAt } from '../../api/fields.js'
import type { Doc } from '../../api/reading.js'
import { Empty } from '../../parts/states.js'
import { pageOf } from '../objects/object-link.js'
import { TariffWords, useTariffLanguage } from '../tariffs/words-tab.js'

/** Tariffs of a location's connectors, each with the connectors it holds at. */
const tariffsOf = (location: Doc): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>()
  for (const evse of docsAt(location, 'evses')) {
    for (const connector of docsAt(evse, 'connectors')) {
      const where = `${textAt(evse, 'evse_id') || textAt(evse, 'uid')} connector ${textAt(connector, 'id')}`
      for (const id of listAt(connector, 'tariff_ids'))
        found.set(String(id), [...(found.get(String(id)) ?? []), where])
    }
  }
  return found
}

/** Connectors that are named; more are counted. */
const NAMED = 4

const placesOf = (places: readonly string[]): string =>
  places.length <= NAMED
    ? places.join(', ')
    : `${places.slice(0, NAMED).join(', ')} and ${places.length - NAMED} more`

/** What a driver pays at a station, in words: each of its tariffs, and at which connectors it holds. */
export const StationTariffs = ({ location }: { readonly location: Doc }) => {
  const [language, languageField] = useTariffLanguage()
  const tariffs = [...tariffsOf(location)]
  if (tariffs.length === 0)
    return <Empty title="Its connectors name no tariff">Nobody can say what charging costs here.</Empty>
  return (
    <Stack>
      {languageField}
      {tariffs.map(([id, places]) => {
        const tariff = { country_code: location.country_code, party_id: location.party_id, id }
        return (
          <Paper key={id} withBorder p="md" bg="var(--console-panel)">
            <Title order={2} size="h5" className="page-title">
              <Link href={pageOf('tariffs', tariff)}>{id}</Link>
            </Title>
            <Text size="xs" c="dimmed" mb="xs" className="page-title">
              At {placesOf(places)}
            </Text>
            <TariffWords tariff={tariff} language={language} />
          </Paper>
        )
      })}
    </Stack>
  )
}
