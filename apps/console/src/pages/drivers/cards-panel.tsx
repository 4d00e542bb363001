import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Card, type DriverFile, giveCard, takeCard } from '../../api/drivers.js'
import { Confirm } from '../../parts/confirm.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { Empty, Failure } from '../../parts/states.js'
import { Age, Mark } from '../../parts/values.js'
import { useMay } from '../../sign-in/sign-in-state.js'
import { cardTones, cardWords } from './driver-words.js'

const columnsWith = (take: ((card: Card) => void) | undefined): readonly Column<Card>[] => [
  { id: 'uid', title: 'Card', value: ({ uid }) => uid },
  { id: 'number', title: 'Printed number', value: ({ visual_number }) => visual_number ?? '' },
  { id: 'label', title: 'The driver calls it', value: ({ label }) => label ?? '' },
  {
    id: 'state',
    title: 'State',
    value: ({ state }) => cardWords[state],
    cell: ({ state }) => <Mark tone={cardTones[state]}>{cardWords[state]}</Mark>,
  },
  {
    id: 'added',
    title: 'Given',
    value: ({ added_at }) => added_at,
    cell: ({ added_at }) => <Age at={added_at} />,
  },
  ...(take === undefined
    ? []
    : [
        {
          id: 'take',
          title: 'Take away',
          value: () => '',
          cell: (card: Card) => (
            <Button size="compact-xs" variant="default" onClick={() => take(card)}>
              Take away
            </Button>
          ),
        },
      ]),
]

const GiveCard = ({ driver }: { readonly driver: DriverFile }) => {
  const queries = useQueryClient()
  const [uid, setUid] = useState('')
  const [printed, setPrinted] = useState('')
  const [missing, setMissing] = useState(false)
  const give = useMutation({
    mutationFn: () => giveCard(driver.id, uid.trim(), printed.trim()),
    onSuccess: () => {
      setUid('')
      setPrinted('')
      return queries.invalidateQueries({ queryKey: ['drivers'] })
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setMissing(uid.trim() === '')
    if (uid.trim() !== '') give.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs">
        <Group align="flex-end">
          <TextInput
            label="UID of the card"
            placeholder="04AB12CD34EF56"
            value={uid}
            maxLength={36}
            onChange={(event) => setUid(event.currentTarget.value)}
            error={missing ? 'Type or read the UID of the card.' : undefined}
          />
          <TextInput
            label="Printed number"
            placeholder="when there is one"
            value={printed}
            maxLength={64}
            onChange={(event) => setPrinted(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={give.isPending}>
            Give card
          </Button>
        </Group>
        {give.isError && <Failure error={give.error} />}
      </Stack>
    </form>
  )
}

/** Cards of a driver; for those who may, giving one and taking one away. */
export const CardsPanel = ({ driver }: { readonly driver: DriverFile }) => {
  const queries = useQueryClient()
  const may = useMay('operator')
  const [chosen, setChosen] = useState<Card>()
  const take = async (): Promise<void> => {
    if (chosen !== undefined) await takeCard(driver.id, chosen.uid)
    await queries.invalidateQueries({ queryKey: ['drivers'] })
  }
  return (
    <Stack gap="sm" component="section" aria-label="Cards">
      <Title order={2} size="h4">
        Cards
      </Title>
      {driver.cards.length === 0 ? (
        <Empty title="No card">This driver charges with the app.</Empty>
      ) : (
        <DataTable
          label="Cards"
          columns={columnsWith(may ? setChosen : undefined)}
          rows={driver.cards}
          rowId={({ uid }) => uid}
        />
      )}
      {may && <GiveCard driver={driver} />}
      <Confirm
        title={`Take card ${chosen?.uid ?? ''} away?`}
        does="Take away"
        danger
        opened={chosen !== undefined}
        onClose={() => setChosen(undefined)}
        run={take}
      >
        <Text size="sm">
          Its token becomes invalid at all partners. It can be given to somebody else afterwards.
        </Text>
      </Confirm>
    </Stack>
  )
}
