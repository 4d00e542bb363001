import { Group, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listParties } from '../../api/node.js'
import type { Ends } from '../../api/partners.js'

/** What was chosen; empty texts leave it to the node. */
export interface ChosenEnds {
  readonly role: string
  readonly party: string
}

/** The choice as the API takes it. */
export const endsOf = ({ role, party }: ChosenEnds): Ends => {
  const [country_code = '', party_id = ''] = party.split('*')
  return {
    ...(role === '' ? {} : { role }),
    ...(party === '' ? {} : { party: { country_code, party_id } }),
  }
}

/** Asks which ends a connection of 2.1.1 has: one role there, one party here. */
export const EndFields = ({
  value,
  onChange,
}: {
  readonly value: ChosenEnds
  readonly onChange: (value: ChosenEnds) => void
}) => {
  const parties = useQuery({ queryKey: ['parties'], queryFn: listParties })
  const names = (parties.data ?? []).map((party) => `${party.country_code}*${party.party_id}`)
  return (
    <Group grow align="flex-start">
      <NativeSelect
        label="Its role"
        description="Only for OCPI 2.1.1"
        value={value.role}
        onChange={(event) => onChange({ ...value, role: event.currentTarget.value })}
        data={[
          { value: '', label: 'Found out' },
          { value: 'CPO', label: 'CPO' },
          { value: 'EMSP', label: 'eMSP' },
        ]}
      />
      <NativeSelect
        label="Our party"
        description="Only for OCPI 2.1.1"
        value={value.party}
        onChange={(event) => onChange({ ...value, party: event.currentTarget.value })}
        data={[{ value: '', label: 'Found out' }, ...names]}
      />
    </Group>
  )
}
